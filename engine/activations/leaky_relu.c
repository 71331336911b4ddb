// SPDX-License-Identifier: MIT
/* Leaky rectified linear unit; definition in reference/activations/leaky_relu.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct leaky_relu_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, slope = settings->slope;
    scalar *y = node->output->value;
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar small = slope * x[i];
        y[i] = x[i] > 0 ? x[i] : small;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct leaky_relu_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    /* Multiplying by 1 is exact, so one product serves all three. */
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar left = x[i] < 0 ? settings->slope : settings->derivative_at_zero;
        dx[i] = dy[i] * (x[i] > 0 ? 1 : left);
    }
}

const struct operation leaky_relu_operation = {"leaky_relu", forward, backward, NULL};

void leaky_relu_run(struct question *q)
{
    struct leaky_relu_settings settings = {.slope = question_number_or(q, "slope", (scalar)0.01)};
    settings.derivative_at_zero = activation_at_zero(q, settings.slope, 1);
    activation_run(q, &leaky_relu_operation, &settings);
}
