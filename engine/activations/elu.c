// SPDX-License-Identifier: MIT
/* Exponential linear unit; definition in reference/activations/elu.h. The scaled one shares it
 * (selu.c).
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct elu_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, scale = settings->scale, alpha = settings->alpha;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    team->kernels->exponential_minus_one(n, y, x);
    for (size_t i = 0; i < n; i++) {
        scalar left = alpha * y[i], right = scale * x[i];
        y[i] = x[i] > 0 ? right : left;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct elu_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    team->kernels->exponential(n, dx, x);
    for (size_t i = 0; i < n; i++) {
        scalar curve = settings->alpha * dx[i];
        scalar left = x[i] < 0 ? curve : settings->derivative_at_zero;
        dx[i] = dy[i] * (x[i] > 0 ? settings->scale : left);
    }
}

const struct operation elu_operation = {"elu", forward, backward, NULL};

void elu_run(struct question *q)
{
    struct elu_settings settings = {.scale = 1, .alpha = question_number_or(q, "alpha", 1)};
    if (!(settings.alpha >= 0))
        question_refuse(q, "its number 'alpha' is %g; it must not be negative",
                        (double)settings.alpha);
    settings.derivative_at_zero = activation_at_zero(q, settings.alpha, 1);
    activation_run(q, &elu_operation, &settings);
}
