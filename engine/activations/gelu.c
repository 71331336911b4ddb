// SPDX-License-Identifier: MIT
/* Gaussian error linear unit; definition in reference/activations/gelu.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

enum approximation { NONE, BY_TANH, BY_SIGMOID };

struct settings {
    enum approximation approximation;
};

static const scalar cubic = (scalar)0.044715, three_cubic = (scalar)0.134145;
static const scalar two_root_two_over_pi = (scalar)1.59576912160573071176;
static const scalar quick = (scalar)1.702;

/* gate = P(x), or the logistic function of u. The row `other` receives its complement where there
 * is one. */
static void gates(const struct team *team, enum approximation approximation, size_t n,
                  const scalar *x, scalar *gate, scalar *other)
{
    if (approximation == NONE) {
        for (size_t i = 0; i < n; i++)
            gate[i] = -(x[i] * (scalar)0.70710678118654752440);
        team->kernels->complementary_error(n, gate, gate);
        for (size_t i = 0; i < n; i++)
            gate[i] *= (scalar)0.5;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        scalar cube = x[i] * x[i] * x[i];
        scalar u =
            approximation == BY_TANH ? two_root_two_over_pi * (x[i] + cubic * cube) : quick * x[i];
        gate[i] = -scalar_absolute(u);
    }
    team->kernels->exponential(n, gate, gate);
    for (size_t i = 0; i < n; i++) {
        scalar near = 1 / (1 + gate[i]), far = gate[i] / (1 + gate[i]);
        gate[i] = x[i] < 0 ? far : near; /* u has the sign of x */
        if (other != NULL)
            other[i] = x[i] < 0 ? near : far;
    }
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    gates(team, settings->approximation, n, x, y, NULL);
    for (size_t i = 0; i < n; i++)
        y[i] *= x[i];
}

/* The scratch holds the gates of one row. */
static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const enum approximation approximation =
        ((const struct settings *)node->settings)->approximation;
    size_t C = node->output->columns;
    scalar *gate = node->scratch;
    for (size_t n = 0; n < rows * C; n += C) {
        const scalar *x = node->input[0]->value + n, *dy = node->output->gradient + n;
        scalar *dx = node->dx[0] + n;
        gates(team, approximation, C, x, gate, dx);
        if (approximation == NONE) {
            for (size_t c = 0; c < C; c++)
                dx[c] = x[c] * x[c] * (scalar)-0.5;
            team->kernels->exponential(C, dx, dx);
        }
        for (size_t c = 0; c < C; c++) {
            scalar slope = approximation == BY_TANH
                               ? two_root_two_over_pi * (1 + three_cubic * (x[c] * x[c]))
                               : quick;
            scalar rise = approximation == NONE ? x[c] * (dx[c] * (scalar)0.39894228040143267794)
                                                : x[c] * (gate[c] * dx[c]) * slope;
            dx[c] = dy[c] * (gate[c] + rise);
        }
    }
}

static const struct operation gelu_operation = {"gelu", forward, backward, NULL};

void gelu_run(struct question *q)
{
    static const char *const options[] = {"none", "tanh", "sigmoid", NULL};
    struct settings settings = {(enum approximation)question_choice(q, "approximation", options)};
    activation_run_with(q, &gelu_operation, &settings, 0);
}
