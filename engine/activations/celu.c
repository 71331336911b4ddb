// SPDX-License-Identifier: MIT
/* Continuously differentiable exponential linear unit; definition in reference/activations/celu.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

struct settings {
    scalar alpha;
};

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar alpha = ((const struct settings *)node->settings)->alpha;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? 0 : x[i] / alpha;
    team->kernels->exponential_minus_one(n, y, y);
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? x[i] : alpha * y[i];
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar alpha = ((const struct settings *)node->settings)->alpha;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    for (size_t i = 0; i < n; i++)
        dx[i] = x[i] > 0 ? 0 : x[i] / alpha;
    team->kernels->exponential(n, dx, dx);
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * dx[i];
}

static const struct operation celu_operation = {"celu", forward, backward, NULL};

void celu_run(struct question *q)
{
    struct settings settings = {question_number_or(q, "alpha", 1)};
    if (!(settings.alpha > 0))
        question_refuse(q, "its number 'alpha' is %g; it must be above 0", (double)settings.alpha);
    activation_run(q, &celu_operation, &settings);
}
