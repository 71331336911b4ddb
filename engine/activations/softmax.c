// SPDX-License-Identifier: MIT
/* Softmax over the last axis; definition in reference/activations/softmax.h.
 *
 * How it is distributed: the samples are sharded, and a sample's classes are never split. Nothing
 * crosses the network. Within a sample, additions go through the classes in order.
 */
#include "activation.h"

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    size_t C = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *x = node->input[0]->value + n * C;
        scalar *y = node->output->value + n * C, largest = C > 0 ? x[0] : 0;
        for (size_t k = 1; k < C; k++)
            largest = x[k] > largest ? x[k] : largest;
        for (size_t k = 0; k < C; k++)
            y[k] = x[k] - largest;
    }
    team->kernels->exponential(rows * C, node->output->value, node->output->value);
    for (size_t n = 0; n < rows; n++) {
        scalar *y = node->output->value + n * C, s = 0;
        for (size_t k = 0; k < C; k++)
            s += y[k];
        for (size_t k = 0; k < C; k++)
            y[k] /= s;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    size_t C = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *y = node->output->value + n * C, *dy = node->output->gradient + n * C;
        scalar *dx = node->dx[0] + n * C, dot;
        team_row_products(team, 1, C, dy, y, &dot);
        for (size_t k = 0; k < C; k++)
            dx[k] = y[k] * (dy[k] - dot);
    }
}

const struct operation softmax_operation = {"softmax", forward, backward, NULL};

void softmax_run(struct question *q)
{
    question_input(q, "x", "[N]C");
    if (question_size(q, 'C') == 0)
        question_refuse(q, "its input 'x' has no classes; give at least one");
    activation_run(q, &softmax_operation, NULL);
}
