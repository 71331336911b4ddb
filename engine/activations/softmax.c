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

/* One row of C classes where mask is 1, or `empty` where none is; false then. */
static bool masked_row(const struct team *team, size_t C, const scalar *x, const int *mask,
                       scalar empty, scalar *y)
{
    scalar largest = 0, s = 0;
    bool found = false;
    for (size_t k = 0; k < C; k++) {
        largest = mask[k] == 1 && (!found || x[k] > largest) ? x[k] : largest;
        found = found || mask[k] == 1;
    }
    for (size_t k = 0; k < C; k++)
        y[k] = mask[k] == 1 ? x[k] - largest : 0;
    team->kernels->exponential(C, y, y);
    for (size_t k = 0; k < C; k++) {
        y[k] = mask[k] == 1 ? y[k] : 0;
        s += y[k];
    }
    for (size_t k = 0; k < C; k++)
        y[k] = found ? y[k] / s : empty;
    return found;
}

static void run_masked(struct question *q, const scalar *x, scalar empty, bool refused)
{
    const struct team *team = question_team(q);
    const size_t C = question_size(q, 'C'), rows = question_part(q, 'N');
    const int *mask = question_integers(q, "mask", "[N]C", 0, 1);
    scalar *y = question_output(q, "y", "[N]C"), none = 0, dot = 0;
    for (size_t i = 0; i < rows * C; i += C)
        none = masked_row(team, C, x + i, mask + i, empty, y + i) ? none : 1;
    reduce_largest(team, &none, 1);
    if (none > 0 && refused)
        question_refuse(q,
                        "its input 'mask' keeps nothing of a row, and 'fully_masked' is refused");
    if (!question_has(q, "dy"))
        return;
    const scalar *dy = question_input(q, "dy", "[N]C");
    scalar *dx = question_output(q, "dx", "[N]C");
    for (size_t i = 0; i < rows * C; i++) {
        if (i % C == 0)
            team_row_products(team, 1, C, dy + i, y + i, &dot);
        dx[i] = mask[i] == 1 ? y[i] * (dy[i] - dot) : 0;
    }
}

void softmax_run(struct question *q)
{
    static const char *const options[] = {"zero", "uniform", "refused", NULL};
    const scalar *x = question_input(q, "x", "[N]C");
    if (question_size(q, 'C') == 0)
        question_refuse(q, "its input 'x' has no classes; give at least one");
    const int option = question_choice(q, "fully_masked", options);
    if (question_has(q, "mask"))
        run_masked(q, x, option == 1 ? 1 / (scalar)question_size(q, 'C') : 0, option == 2);
    else
        activation_run(q, &softmax_operation, NULL);
}
