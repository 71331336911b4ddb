// SPDX-License-Identifier: MIT
/* Softsign; definition in reference/activations/softsign.h.
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
    (void)team;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] / (1 + scalar_absolute(x[i]));
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    (void)team;
    for (size_t i = 0; i < n; i++) {
        scalar d = 1 + scalar_absolute(x[i]);
        dx[i] = dy[i] / d / d;
    }
}

static const struct operation softsign_operation = {"softsign", forward, backward, NULL};

void softsign_run(struct question *q)
{
    activation_run(q, &softsign_operation, NULL);
}
