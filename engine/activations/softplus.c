// SPDX-License-Identifier: MIT
/* Softplus; definition in reference/activations/softplus.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

#include <math.h>

/* to = e^-|beta x| */
static void decay(const struct team *team, const struct node *node, scalar *to, size_t n)
{
    const struct softplus_settings *settings = node->settings;
    const scalar *x = node->input[0]->value;
    for (size_t i = 0; i < n; i++)
        to[i] = -scalar_absolute(settings->beta * x[i]);
    team->kernels->exponential(n, to, to);
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct softplus_settings *settings = node->settings;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    decay(team, node, y, n);
    team->kernels->logarithm_one_plus(n, y, y);
    for (size_t i = 0; i < n; i++) {
        scalar t = settings->beta * x[i];
        scalar smooth = ((t > 0 ? t : 0) + y[i]) / settings->beta;
        y[i] = t > settings->threshold ? x[i] : smooth;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct softplus_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    decay(team, node, dx, n);
    for (size_t i = 0; i < n; i++) {
        scalar t = settings->beta * x[i], slope = (t < 0 ? dx[i] : 1) / (1 + dx[i]);
        dx[i] = dy[i] * (t > settings->threshold ? 1 : slope);
    }
}

const struct operation softplus_operation = {"softplus", forward, backward, NULL};

void softplus_run(struct question *q)
{
    static const char *const tails[] = {"smooth", "linear", NULL};
    struct softplus_settings settings = {.beta = question_number_or(q, "beta", 1),
                                         .threshold = (scalar)INFINITY};
    if (!(settings.beta > 0))
        question_refuse(q, "its number 'beta' is %g; it must be above 0", (double)settings.beta);
    if (question_choice(q, "tail", tails) == 1)
        settings.threshold = question_number_or(q, "threshold", 20);
    activation_run(q, &softplus_operation, &settings);
}
