// SPDX-License-Identifier: MIT
/* Linear activation; definition in reference/activations/linear.h.
 *
 * How it is distributed: the samples are sharded. Nothing crosses the network and nothing is
 * computed.
 */
#include "activation.h"

#include <string.h>

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    memcpy(node->output->value, node->input[0]->value,
           rows * node->output->columns * sizeof(scalar));
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    memcpy(node->dx[0], node->output->gradient, rows * node->output->columns * sizeof(scalar));
}

const struct operation linear_operation = {"linear", forward, backward, NULL};

void linear_run(struct question *q)
{
    activation_run(q, &linear_operation, NULL);
}
