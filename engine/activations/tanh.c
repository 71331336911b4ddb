// SPDX-License-Identifier: MIT
/* Hyperbolic tangent; definition in reference/activations/tanh.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "activation.h"

#include "../threads.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    size_t n = rows * node->output->columns;
    team->kernels->hyperbolic_tangent(n, node->output->value, node->input[0]->value);
}

WIDE_VECTORS
static void backward_range(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const scalar *y = node->output->value + first, *dy = node->output->gradient + first;
    scalar *dx = node->dx[0] + first;
    for (size_t i = 0; i < count; i++)
        dx[i] = dy[i] * (1 - y[i] * y[i]);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    threads_range(rows * node->output->columns, COST_OF_ARITHMETIC, backward_range, node);
}

const struct operation tanh_operation = {"tanh", forward, backward, NULL};

void tanh_run(struct question *q)
{
    activation_run(q, &tanh_operation, NULL);
}
