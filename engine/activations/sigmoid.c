// SPDX-License-Identifier: MIT
/* Sigmoid; definition in reference/activations/sigmoid.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "activation.h"

#include "../threads.h"

static void negate_range(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const scalar *x = node->input[0]->value + first;
    scalar *y = node->output->value + first;
    for (size_t i = 0; i < count; i++)
        y[i] = -scalar_absolute(x[i]);
}

WIDE_VECTORS
static void divide_range(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const scalar *x = node->input[0]->value + first;
    scalar *y = node->output->value + first;
    for (size_t i = 0; i < count; i++)
        y[i] = (x[i] < 0 ? y[i] : 1) / (1 + y[i]);
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    threads_range(n, COST_OF_ARITHMETIC, negate_range, node);
    team->kernels->exponential(n, y, y);
    threads_range(n, COST_OF_ARITHMETIC, divide_range, node);
}

WIDE_VECTORS
static void backward_range(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const scalar *y = node->output->value + first, *dy = node->output->gradient + first;
    scalar *dx = node->dx[0] + first;
    for (size_t i = 0; i < count; i++)
        dx[i] = dy[i] * y[i] * (1 - y[i]);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    threads_range(rows * node->output->columns, COST_OF_ARITHMETIC, backward_range, node);
}

const struct operation sigmoid_operation = {"sigmoid", forward, backward, NULL};

void sigmoid_run(struct question *q)
{
    activation_run(q, &sigmoid_operation, NULL);
}
