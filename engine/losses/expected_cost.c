// SPDX-License-Identifier: MIT
/* Expected cost; definition in reference/losses/expected_cost.h.
 *
 * How it is distributed: The samples are sharded, the costs are everywhere, and a sample's classes
 * are never split; loss.h says what crosses the network and in which order it is added.
 */
#include "loss.h"

struct cost_settings {
    const int *label;
    const scalar *cost; /* (C,C) */
    bool transposed;
};

/* Spare: probabilities, and the costs of each row's label. */
static void evaluate(const struct loss_view *view)
{
    const struct cost_settings *settings = view->settings;
    const size_t rows = view->rows, C = view->columns;
    const scalar *z = view->input[0];
    scalar *p = view->spare, *cost = p + rows * C;
    for (size_t n = 0; n < rows; n++) {
        const size_t label = (size_t)settings->label[n], at = n * C;
        scalar largest = z[at];
        for (size_t k = 1; k < C; k++)
            largest = z[at + k] > largest ? z[at + k] : largest;
        for (size_t k = 0; k < C; k++) {
            p[at + k] = z[at + k] - largest;
            cost[at + k] = settings->cost[settings->transposed ? k * C + label : label * C + k];
        }
    }
    view->team->kernels->exponential(rows * C, p, p);
    for (size_t n = 0; n < rows; n++) {
        scalar sum = 0;
        for (size_t k = 0; k < C; k++)
            sum += p[n * C + k];
        for (size_t k = 0; k < C; k++)
            p[n * C + k] /= sum;
    }
    team_row_products(view->team, rows, C, p, cost, view->value);
    for (size_t i = 0; i < rows * C; i++)
        view->slope[0][i] = p[i] * (cost[i] - view->value[i / C]);
}

void expected_cost_run(struct question *q)
{
    static const struct loss_form form = {.evaluate = evaluate,
                                          .shape = "[N]C",
                                          .per_sample = true,
                                          .spare = 2,
                                          .input = {"z"},
                                          .gradient = {"dz"}};
    static const char *const rows[] = {"truth", "decision", NULL};
    question_input(q, "z", "[N]C"); /* binds the sizes that costs and labels must fit */
    struct cost_settings settings = {.cost = question_input(q, "cost", "CC"),
                                     .transposed = question_choice(q, "rows", rows) == 1};
    const int last = (int)question_size(q, 'C') - 1;
    settings.label = question_integers(q, "labels", "[N]", 0, last);
    loss_run(q, &form, &settings);
}
