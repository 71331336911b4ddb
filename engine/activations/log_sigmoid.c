// SPDX-License-Identifier: MIT
/* Logarithm of the sigmoid; definition in reference/activations/log_sigmoid.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

/* to = e^-|x| */
static void decay(const struct team *team, const scalar *x, scalar *to, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = -scalar_absolute(x[i]);
    team->kernels->exponential(n, to, to);
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    decay(team, x, y, n);
    team->kernels->logarithm_one_plus(n, y, y);
    for (size_t i = 0; i < n; i++)
        y[i] = (x[i] < 0 ? x[i] : 0) - y[i];
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    decay(team, x, dx, n);
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * ((x[i] < 0 ? 1 : dx[i]) / (1 + dx[i]));
}

static const struct operation log_sigmoid_operation = {"log_sigmoid", forward, backward, NULL};

void log_sigmoid_run(struct question *q)
{
    activation_run(q, &log_sigmoid_operation, NULL);
}
