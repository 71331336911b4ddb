// SPDX-License-Identifier: MIT
/* Rectified linear unit; definition in reference/activations/relu.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network, nothing is added and nothing is rounded.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    for (size_t i = 0; i < rows * node->output->columns; i++)
        y[i] = x[i] > 0 ? x[i] : 0;
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct relu_settings *settings = node->settings;
    const scalar at_zero = settings != NULL ? settings->derivative_at_zero : 0;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    /* Each select on its own, so that compilers find no branches to keep. */
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar at_kink = dy[i] * at_zero;
        scalar below = x[i] < 0 ? 0 : at_kink;
        dx[i] = x[i] > 0 ? dy[i] : below;
    }
}

const struct operation relu_operation = {"relu", forward, backward, NULL};

void relu_run(struct question *q)
{
    static const char *const at_zero[] = {"zero", "half", "one", NULL};
    static const scalar derivative[] = {0, (scalar)0.5, 1};
    struct relu_settings settings = {derivative[question_choice(q, "derivative_at_zero", at_zero)]};
    activation_run(q, &relu_operation, &settings);
}
