// SPDX-License-Identifier: MIT
/* Hard sigmoid; definition in reference/activations/hard_sigmoid.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct hard_sigmoid_settings *settings = node->settings;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar line = settings->slope * x[i] + settings->offset;
        scalar raised = line < 0 ? 0 : line;
        y[i] = raised > 1 ? 1 : raised;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct hard_sigmoid_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar line = settings->slope * x[i] + settings->offset;
        scalar slope = ((line > 0) & (line < 1)) ? settings->slope : settings->at_bounds;
        dx[i] = ((line < 0) | (line > 1)) ? 0 : dy[i] * slope;
    }
}

const struct operation hard_sigmoid_operation = {"hard_sigmoid", forward, backward, NULL};

void hard_sigmoid_run(struct question *q)
{
    struct hard_sigmoid_settings settings = {
        .slope = question_number_or(q, "slope", (scalar)1 / 6),
        .offset = question_number_or(q, "offset", (scalar)0.5),
    };
    if (!(settings.slope > 0))
        question_refuse(q, "its number 'slope' is %g; it must be above 0", (double)settings.slope);
    settings.at_bounds = activation_between(activation_at_bounds(q), 0, settings.slope);
    activation_run(q, &hard_sigmoid_operation, &settings);
}
