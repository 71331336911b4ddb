// SPDX-License-Identifier: MIT
/* Rectified linear unit; definition in reference/activations/relu.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network, nothing is added and nothing is rounded.
 */
#include "activation.h"

#include "../threads.h"

WIDE_VECTORS
static void forward_range(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const scalar *x = node->input[0]->value + first;
    scalar *y = node->output->value + first;
    for (size_t i = 0; i < count; i++)
        y[i] = x[i] > 0 ? x[i] : 0;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    threads_range(rows * node->output->columns, COST_OF_ARITHMETIC, forward_range, node);
}

WIDE_VECTORS
static void backward_range(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const struct relu_settings *settings = node->settings;
    const scalar at_zero = settings != NULL ? settings->derivative_at_zero : 0;
    const scalar *x = node->input[0]->value + first, *dy = node->output->gradient + first;
    scalar *dx = node->dx[0] + first;
    /* Each select on its own, so that compilers find no branches to keep. */
    for (size_t i = 0; i < count; i++) {
        scalar at_kink = dy[i] * at_zero;
        scalar below = x[i] < 0 ? 0 : at_kink;
        dx[i] = x[i] > 0 ? dy[i] : below;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    threads_range(rows * node->output->columns, COST_OF_ARITHMETIC, backward_range, node);
}

const struct operation relu_operation = {"relu", forward, backward, NULL};

void relu_run(struct question *q)
{
    static const char *const at_zero[] = {"zero", "half", "one", NULL};
    static const scalar derivative[] = {0, (scalar)0.5, 1};
    struct relu_settings settings = {derivative[question_choice(q, "derivative_at_zero", at_zero)]};
    activation_run(q, &relu_operation, &settings);
}
