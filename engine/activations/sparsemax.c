// SPDX-License-Identifier: MIT
/* Sparsemax over the last axis; definition in reference/activations/sparsemax.h.
 *
 * How it is distributed: the samples are sharded, and a sample's classes are never split. Nothing
 * crosses the network. Within a sample, additions go through the classes in descending order, and
 * in index order for the gradient.
 */
#include "activation.h"

#include <stdlib.h>
#include <string.h>

static int descending(const void *a, const void *b)
{
    const scalar x = *(const scalar *)a, y = *(const scalar *)b;
    return x > y ? -1 : x < y;
}

/* Scratch: one row, in order. */
static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const size_t C = node->output->columns;
    scalar *ordered = node->scratch;
    (void)team;
    for (size_t n = 0; n < rows; n++) {
        const scalar *x = node->input[0]->value + n * C;
        scalar *y = node->output->value + n * C, largest = x[0], c = 0, threshold = 0;
        for (size_t k = 1; k < C; k++)
            largest = x[k] > largest ? x[k] : largest;
        for (size_t k = 0; k < C; k++)
            y[k] = x[k] - largest;
        memcpy(ordered, y, C * sizeof *y);
        qsort(ordered, C, sizeof *ordered, descending);
        for (size_t k = 0; k < C; k++) {
            const scalar count = (scalar)(k + 1);
            c += ordered[k];
            threshold = 1 + count * ordered[k] - c > 0 ? (c - 1) / count : threshold;
        }
        for (size_t k = 0; k < C; k++)
            y[k] = y[k] > threshold ? y[k] - threshold : 0;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const size_t C = node->output->columns;
    (void)team;
    for (size_t n = 0; n < rows; n++) {
        const scalar *y = node->output->value + n * C, *dy = node->output->gradient + n * C;
        scalar *dx = node->dx[0] + n * C, sum = 0, count = 0;
        for (size_t k = 0; k < C; k++) {
            sum += y[k] > 0 ? dy[k] : 0;
            count += y[k] > 0 ? 1 : 0;
        }
        for (size_t k = 0; k < C; k++)
            dx[k] = y[k] > 0 ? dy[k] - sum / count : 0;
    }
}

static const struct operation sparsemax_operation = {"sparsemax", forward, backward, NULL};

void sparsemax_run(struct question *q)
{
    question_input(q, "x", "[N]C");
    if (question_size(q, 'C') == 0)
        question_refuse(q, "its input 'x' has no classes; give at least one");
    activation_run_with(q, &sparsemax_operation, NULL, 0);
}
