// SPDX-License-Identifier: MIT
/* Hard swish; definition in reference/activations/hard_swish.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar curve = x[i] * (x[i] + 3) / 6;
        scalar right = x[i] < 3 ? curve : x[i];
        y[i] = x[i] > -3 ? right : 0;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct hard_swish_settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar curve = (2 * x[i] + 3) / 6;
        scalar low = x[i] == -3 ? settings->at_low : 0;
        scalar high = x[i] == 3 ? settings->at_high : 1;
        scalar right = x[i] < 3 ? curve : high;
        dx[i] = dy[i] * (x[i] > -3 ? right : low);
    }
}

const struct operation hard_swish_operation = {"hard_swish", forward, backward, NULL};

void hard_swish_run(struct question *q)
{
    const enum activation_bounds bounds = activation_at_bounds(q);
    struct hard_swish_settings settings = {
        .at_low = activation_between(bounds, 0, (scalar)-0.5),
        .at_high = activation_between(bounds, 1, (scalar)1.5),
    };
    activation_run(q, &hard_swish_operation, &settings);
}
