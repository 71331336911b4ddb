// SPDX-License-Identifier: MIT
/* Soft shrinkage; definition in reference/activations/soft_shrink.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

struct settings {
    scalar lambda, at_threshold;
};

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    (void)team;
    for (size_t i = 0; i < n; i++) {
        scalar towards = x[i] > 0 ? x[i] - settings->lambda : x[i] + settings->lambda;
        y[i] = scalar_absolute(x[i]) <= settings->lambda ? 0 : towards;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    (void)team;
    for (size_t i = 0; i < n; i++) {
        scalar size = scalar_absolute(x[i]);
        scalar slope = size == settings->lambda ? settings->at_threshold : 1;
        dx[i] = size < settings->lambda ? 0 : dy[i] * slope;
    }
}

static const struct operation soft_shrink_operation = {"soft_shrink", forward, backward, NULL};

void soft_shrink_run(struct question *q)
{
    static const char *const options[] = {"zero", "one", "mean", NULL};
    const scalar slope[] = {0, 1, (scalar)0.5};
    struct settings settings = {question_number_or(q, "lambda", (scalar)0.5),
                                slope[question_choice(q, "derivative_at_threshold", options)]};
    if (!(settings.lambda >= 0))
        question_refuse(q, "its number 'lambda' is %g; it must not be negative",
                        (double)settings.lambda);
    activation_run(q, &soft_shrink_operation, &settings);
}
