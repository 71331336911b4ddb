// SPDX-License-Identifier: MIT
/* Hard shrinkage; definition in reference/activations/hard_shrink.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

struct settings {
    scalar lambda;
    bool keep;
};

static bool falls(scalar x, const struct settings *settings)
{
    return settings->keep ? scalar_absolute(x) < settings->lambda
                          : scalar_absolute(x) <= settings->lambda;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    size_t n = rows * node->output->columns;
    (void)team;
    for (size_t i = 0; i < n; i++)
        y[i] = falls(x[i], settings) ? 0 : x[i];
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    size_t n = rows * node->output->columns;
    (void)team;
    for (size_t i = 0; i < n; i++)
        dx[i] = falls(x[i], settings) ? 0 : dy[i];
}

static const struct operation hard_shrink_operation = {"hard_shrink", forward, backward, NULL};

void hard_shrink_run(struct question *q)
{
    static const char *const options[] = {"zero", "keep", NULL};
    struct settings settings = {question_number_or(q, "lambda", (scalar)0.5),
                                question_choice(q, "at_threshold", options) == 1};
    if (!(settings.lambda >= 0))
        question_refuse(q, "its number 'lambda' is %g; it must not be negative",
                        (double)settings.lambda);
    activation_run(q, &hard_shrink_operation, &settings);
}
