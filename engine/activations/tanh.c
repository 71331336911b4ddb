// SPDX-License-Identifier: MIT
/* Hyperbolic tangent; definition in reference/activations/tanh.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    size_t n = rows * node->output->columns;
    team->kernels->hyperbolic_tangent(n, node->output->value, node->input[0]->value);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const scalar *y = node->output->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    for (size_t i = 0; i < rows * node->output->columns; i++)
        dx[i] = dy[i] * (1 - y[i] * y[i]);
}

const struct operation tanh_operation = {"tanh", forward, backward, NULL};

void tanh_run(struct question *q)
{
    activation_run(q, &tanh_operation, NULL);
}
