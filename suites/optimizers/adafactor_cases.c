// SPDX-License-Identifier: MIT
#include "matrix_rows.h"

#include <string.h>

#define NUMBERS(e1, e2, b)                                                                         \
    {"epsilon1", e1}, {"epsilon2", e2}, {"decay_power", 0.8},                                      \
    {                                                                                              \
        "block", b                                                                                 \
    }

/* clang-format off */
static const struct matrix_row rows[] = {
    {{"paper", "bounded", "OPT-12 OPT-21",
      "The paper's numbers: rate 0.01 at most, clipping at 1, parameter scale.", 0},
     5, 5, 3, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 2), {"clip", 1}}, .rate = 0.01},
    {{"relative_step", "bounded", "OPT-12", "A rate of 0.7 that 1 / sqrt(t) soon undercuts.", 0},
     5, 4, 3, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 1), {"clip", 1}}, .rate = 0.7},
    {{"fixed_step", "bounded", "OPT-12 OPT-13",
      "The same rate without relative steps and without parameter scale.", 0},
     4, 4, 3, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 1), {"clip", 1}}, .choice = {{"relative_step",
      "no"}, {"scale_parameter", "no"}}, .rate = 0.7},
    {{"without_clipping", "bounded", "OPT-12",
      "No clipping: falling gradients make the first update the longest.", 0},
     4, 3, 5, FALLING, .number = {NUMBERS(1e-30, 1e-3, 1)}},
    {{"tight_clip", "bounded", "OPT-12", "A clip of 0.25 shortens every update fourfold.", 0},
     3, 3, 4, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 1), {"clip", 0.25}}},
    {{"large_epsilon", "bounded", "OPT-12",
      "An epsilon1 as large as squared gradients, added to them.", 0},
     3, 4, 3, RANDOM, .number = {NUMBERS(0.5, 1e-3, 1), {"clip", 4}}},
    {{"clamped", "bounded", "OPT-12",
      "The same epsilon1 as PyTorch takes it: a floor of the mean and of V.", 0},
     3, 4, 3, FALLING, .number = {NUMBERS(0.5, 1e-3, 1), {"clip", 4}}, .choice = {{"epsilon_form",
      "clamped"}}},
    {{"tiny", "bounded", "OPT-12", "Gradients near the root of epsilon1.", 0},
     3, 4, 3, TINY, .number = {NUMBERS(1e-10, 1e-3, 2), {"clip", 1}}},
    {{"large_epsilon2", "bounded", "OPT-12",
      "An epsilon2 above the size of the weights, which then does not count.", 0},
     3, 3, 4, RANDOM, .number = {NUMBERS(1e-30, 4, 1), {"clip", 1}}},
    {{"decay", "bounded", "OPT-12 REG-04", "Weight decay by the rate as given, before the step.",
      0},
     3, 4, 3, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 2), {"clip", 1}, {"weight_decay", 0.3}}},
    {{"resumed", "bounded", "OPT-12 DST-10", "Resumed at step 7 with row and column means.", 0},
     3, 5, 3, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 2), {"clip", 1}, {"first_step", 7}},
      .rate = 0.6},
    {{"one_row", "bounded", "OPT-12", "A single row: fewer rows than ranks, and V is exact.", 0},
     3, 1, 5, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 1), {"clip", 1}}},
    {{"maximize", "bounded", "OPT-12", "Ascent with decay: the decay still shrinks.", 0},
     3, 4, 3, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 2), {"clip", 1}, {"weight_decay", 0.3}},
      .choice = {{"maximize", "yes"}}},
    {{"short_block", "bounded", "OPT-12 DST-02 DST-08",
      "Eleven rows in blocks of 4: the last block is short and must not be lost.", 0},
     2, 11, 3, RANDOM, .number = {NUMBERS(1e-30, 1e-3, 4), {"clip", 1}, {"weight_decay", 0.1}}},
};
/* clang-format on */

void adafactor_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = matrix_row_add(list, &rows[i]);
        if (strcmp(rows[i].head.name, "resumed") != 0)
            continue;
        case_uniform(test, "r", DIMS(rows[i].R), 0.5, 3);
        case_uniform(test, "c", DIMS(rows[i].C), 0.5, 3);
    }
    optimizer_refusals(
        list, &(struct optimizer_limits){
                  .like = "paper",
                  .positive = {"epsilon1", "epsilon2", "decay_power", "clip"},
                  .stated = {"epsilon1", "epsilon2", "decay_power"},
                  .choice = {"epsilon_form", "relative_step", "scale_parameter", "maximize"},
              });
}
