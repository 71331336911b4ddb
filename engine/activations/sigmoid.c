// SPDX-License-Identifier: MIT
/* Sigmoid; definition in reference/activations/sigmoid.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    for (size_t i = 0; i < n; i++)
        y[i] = -scalar_absolute(x[i]);
    team->kernels->exponential(n, y, y);
    for (size_t i = 0; i < n; i++)
        y[i] = (x[i] < 0 ? y[i] : 1) / (1 + y[i]);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const scalar *y = node->output->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    for (size_t i = 0; i < rows * node->output->columns; i++)
        dx[i] = dy[i] * y[i] * (1 - y[i]);
}

const struct operation sigmoid_operation = {"sigmoid", forward, backward, NULL};

void sigmoid_run(struct question *q)
{
    activation_run(q, &sigmoid_operation, NULL);
}
