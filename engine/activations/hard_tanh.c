// SPDX-License-Identifier: MIT
/* Hard tanh; definition in reference/activations/hard_tanh.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network, nothing is added and nothing is rounded.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct hard_tanh_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, low = settings->low, high = settings->high;
    scalar *y = node->output->value;
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar raised = x[i] < low ? low : x[i];
        y[i] = raised > high ? high : raised;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct hard_tanh_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    const scalar low = settings->low, high = settings->high;
    scalar *dx = node->dx[0];
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar at_bound = dy[i] * settings->at_bounds;
        scalar within = ((x[i] > low) & (x[i] < high)) ? dy[i] : at_bound;
        dx[i] = ((x[i] < low) | (x[i] > high)) ? 0 : within;
    }
}

const struct operation hard_tanh_operation = {"hard_tanh", forward, backward, NULL};

void hard_tanh_run(struct question *q)
{
    struct hard_tanh_settings settings = {
        .low = question_number_or(q, "min", -1),
        .high = question_number_or(q, "max", 1),
        .at_bounds = activation_between(activation_at_bounds(q), 0, 1),
    };
    if (!(settings.low < settings.high))
        question_refuse(q, "its number 'min' is %g and 'max' is %g; min must be below max",
                        (double)settings.low, (double)settings.high);
    activation_run(q, &hard_tanh_operation, &settings);
}
