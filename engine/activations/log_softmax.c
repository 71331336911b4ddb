// SPDX-License-Identifier: MIT
/* Logarithm of the softmax over the last axis; definition in reference/activations/log_softmax.h.
 *
 * How it is distributed: the samples are sharded, and a sample's classes are never split. Nothing
 * crosses the network. Within a sample, additions go through the classes in order.
 */
#include "activation.h"

static scalar largest_of(const scalar *x, size_t n)
{
    scalar largest = n > 0 ? x[0] : 0;
    for (size_t i = 1; i < n; i++)
        largest = x[i] > largest ? x[i] : largest;
    return largest;
}

static scalar chain(const scalar *x, size_t n)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    size_t C = node->output->columns;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    for (size_t i = 0; i < rows * C; i += C) {
        scalar largest = largest_of(x + i, C);
        for (size_t k = 0; k < C; k++)
            y[i + k] = x[i + k] - largest;
    }
    /* The scratch holds a row of exponentials and then its sum, whose logarithm comes off the row.
     */
    scalar *row = node->scratch;
    for (size_t i = 0; i < rows * C; i += C) {
        team->kernels->exponential(C, row, y + i);
        row[C] = chain(row, C);
        team->kernels->logarithm(1, row + C, row + C);
        for (size_t k = 0; k < C; k++)
            y[i + k] -= row[C];
    }
}

/* The probabilities once more from x: e^(x - m) / s; e^y would double the error of y. */
static void backward(const struct team *team, const struct node *node, size_t rows)
{
    size_t C = node->output->columns;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    for (size_t i = 0; i < rows * C; i += C) {
        scalar largest = largest_of(x + i, C), total = chain(dy + i, C);
        for (size_t k = 0; k < C; k++)
            dx[i + k] = x[i + k] - largest;
        team->kernels->exponential(C, dx + i, dx + i);
        scalar s = chain(dx + i, C);
        for (size_t k = 0; k < C; k++)
            dx[i + k] = dy[i + k] - dx[i + k] / s * total;
    }
}

const struct operation log_softmax_operation = {"log_softmax", forward, backward, NULL};

void log_softmax_run(struct question *q)
{
    question_input(q, "x", "[N]C");
    if (question_size(q, 'C') == 0)
        question_refuse(q, "its input 'x' has no classes; give at least one");
    activation_run_with(q, &log_softmax_operation, NULL, 1);
}
