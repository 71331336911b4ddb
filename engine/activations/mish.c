// SPDX-License-Identifier: MIT
/* Mish; definition in reference/activations/mish.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

/* decay = e^-|x| and gate = tanh(log(1 + e^x)); they may be the same array. */
static void gates(const struct team *team, const scalar *x, scalar *decay, scalar *gate, size_t n)
{
    for (size_t i = 0; i < n; i++)
        decay[i] = -scalar_absolute(x[i]);
    team->kernels->exponential(n, decay, decay);
    team->kernels->logarithm_one_plus(n, gate, decay);
    for (size_t i = 0; i < n; i++)
        gate[i] = (x[i] > 0 ? x[i] : 0) + gate[i];
    team->kernels->hyperbolic_tangent(n, gate, gate);
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    gates(team, x, y, y, n);
    for (size_t i = 0; i < n; i++)
        y[i] *= x[i];
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    /* The scratch holds the gates of one row. */
    size_t C = node->output->columns;
    scalar *t = node->scratch;
    for (size_t n = 0; n < rows * C; n += C) {
        const scalar *x = node->input[0]->value + n, *dy = node->output->gradient + n;
        scalar *dx = node->dx[0] + n;
        gates(team, x, dx, t, C);
        for (size_t c = 0; c < C; c++) {
            scalar s = (x[c] < 0 ? dx[c] : 1) / (1 + dx[c]);
            dx[c] = dy[c] * (t[c] + x[c] * ((1 - t[c] * t[c]) * s));
        }
    }
}

static const struct operation mish_operation = {"mish", forward, backward, NULL};

void mish_run(struct question *q)
{
    activation_run_with(q, &mish_operation, NULL, 0);
}
