// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

#include <string.h>

#define NUMBERS(d, u, n)                                                                           \
    {"step", d}, {"up", u},                                                                        \
    {                                                                                              \
        "down", n                                                                                  \
    }
#define USUAL                                                                                      \
    {"shortest", 1e-6},                                                                            \
    {                                                                                              \
        "longest", 50                                                                              \
    }
#define NARROW                                                                                     \
    {"shortest", 0.05},                                                                            \
    {                                                                                              \
        "longest", 0.16                                                                            \
    }

/* clang-format off */
static const struct optimizer_row rows[] = {
    {{"pytorch", "bounded", "OPT-12",
      "PyTorch's numbers: a step whose gradient turned is not taken, and the next one is free.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL}},
    {{"minus", "bounded", "OPT-12", "Rprop-: after a turn the shorter step is taken at once.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL}, .choice = {{"form", "minus"}}},
    {{"plus", "bounded", "OPT-12", "The original: a turn takes the last change back.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL}, .choice = {{"form", "plus"}}},
    {{"plus_reset", "bounded", "OPT-12",
      "iRprop+: the change is taken back only where the loss has grown.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL, {"loss_before", 3}},
      .choice = {{"form", "plus_reset"}}},
    {{"limits", "bounded", "OPT-12", "Limits so narrow that both are met.", 0},
     9, 7, RANDOM, .number = {NUMBERS(0.1, 1.5, 0.3), NARROW}},
    {{"limits_plus", "bounded", "OPT-12", "The same limits where changes are taken back.", 0},
     9, 7, RANDOM, .number = {NUMBERS(0.1, 1.5, 0.3), NARROW}, .choice = {{"form", "plus"}}},
    {{"steady", "bounded", "OPT-12",
      "Gradients that never turn: every step is longer than the last.", 0},
     7, 5, STEADY, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL}},
    {{"magnitudes", "bounded", "OPT-12", "Gradients from 1e-6 to 1e3 make steps of one size.", 0},
     4, 10, MAGNITUDES, .number = {NUMBERS(0.02, 1.3, 0.4), USUAL}},
    {{"zeros", "bounded", "OPT-12", "Every third gradient is 0: no step, and the step size stays.",
      0},
     5, 6, SPARSE, .number = {NUMBERS(0.02, 1.3, 0.4), USUAL}},
    {{"resumed", "bounded", "OPT-12 DST-10", "Resumed with steps and the last signs.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL},
     .state = {{"step_size", 0.005, 0.2, POSITIVE, OF_GRADIENT}, {"g_before", 0.5, 2, BOTH_SIGNS,
      OF_GRADIENT}}},
    {{"maximize", "bounded", "OPT-12",
      "Ascent: the same steps the other way, and a falling value is what is worse.", 0},
     7, 5, RANDOM, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL, {"loss_before", 3}},
      .choice = {{"form", "plus_reset"}, {"maximize", "yes"}}},
    {{"exact", "exact", "OPT-12", "Factors 2 and 1/2, steps of 1/4: no rounding.", 0},
     3, 12, ONES, .number = {NUMBERS(0.25, 2, 0.5), {"shortest", 0.125}, {"longest", 1}},
      .choice = {{"form", "minus"}}},
    {{"many_parameters", "bounded", "OPT-12 OPT-21 DST-08",
      "67 parameters: a number that no vector width and no rank count divides.", 0},
     3, 67, RANDOM, .number = {NUMBERS(0.01, 1.2, 0.5), USUAL}},
};
/* clang-format on */

void rprop_cases(struct case_list *list)
{
    static const double losses[] = {2.5, 2.75, 2.25, 3.5, 3.25, 1.5, 1.75, 1};
    static const struct refusal more[] = {
        {"shrinking_up", "pytorch", NUMBER_SET, "up", 0.9, NULL, 0, "Steps that can never grow."},
        {"limits_exchanged", "pytorch", NUMBER_SET, "longest", 1e-7, NULL, 0,
         "The longest step is below the shortest."},
        {"loss_missing", "plus_reset", INPUT_GONE, "loss", 0, NULL, 0,
         "iRprop+ cannot be computed from gradients alone."},
        {"first_loss_missing", "plus_reset", NUMBER_GONE, "loss_before", 0, NULL, 0,
         "The first step has nothing to compare its loss with."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct optimizer_row row = rows[i];
        row.without_rate = 1;
        struct assay_case *test = optimizer_row_add(list, &row);
        if (row.choice[0].name && strcmp(row.choice[0].value, "plus_reset") == 0)
            case_values(test, "loss", DIMS(row.S), losses);
    }
    optimizer_refusals(list, &(struct optimizer_limits){
                                 .like = "pytorch",
                                 .share = {"down"},
                                 .positive = {"step", "shortest"},
                                 .stated = {"step", "up", "down"},
                                 .choice = {"form", "maximize"},
                                 .without_rate = 1,
                             });
    case_refusals(list, more, sizeof more / sizeof *more);
}
