// SPDX-License-Identifier: MIT
/* Tanh shrinkage; definition in reference/activations/tanh_shrink.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    team->kernels->hyperbolic_tangent(n, y, x);
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] - y[i];
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    team->kernels->hyperbolic_tangent(n, dx, x);
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * (dx[i] * dx[i]);
}

static const struct operation tanh_shrink_operation = {"tanh_shrink", forward, backward, NULL};

void tanh_shrink_run(struct question *q)
{
    activation_run(q, &tanh_shrink_operation, NULL);
}
