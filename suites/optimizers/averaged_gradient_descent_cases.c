// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* clang-format off */
#define NUMBERS(r, l, a, t) {"rate", r}, {"lambd", l}, {"alpha", a}, {"t0", t}
#define RESUMED {{"average", 0.25, 2, BOTH_SIGNS, OF_GRADIENT}}

static const struct optimizer_row rows[] = {
    {{"pytorch", "bounded", "OPT-01 OPT-26",
      "PyTorch's numbers: averaging would begin after a million steps, so the average is w.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.01, 1e-4, 0.75, 1e6)}, .without_rate = 1},
    {{"from_the_start", "bounded", "OPT-26",
      "t0 = 0: two steps are copied, the mean of two begins with the third.", 0},
     7, 7, RANDOM, .number = {NUMBERS(0.1, 0.3, 0.75, 0)}, .without_rate = 1},
    {{"from_the_start_present", "bounded", "OPT-26",
      "The same by the present step: the mean begins with the second.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.1, 0.3, 0.75, 0)}, .choice = {{"counts", "present"}},
      .without_rate = 1},
    {{"late_start", "bounded", "OPT-26", "t0 = 3: averaging starts in the midst of the run.", 0},
     8, 6, RANDOM, .number = {NUMBERS(0.1, 0.2, 0.6, 3)}, .without_rate = 1},
    {{"resumed", "bounded", "OPT-26 DST-10",
      "Resumed with an average of 5 steps: step 10 adds a sixth.", 0},
     3, 7, RANDOM, .number = {NUMBERS(0.1, 0.2, 0.75, 3), {"first_step", 10}}, .state = RESUMED,
      .without_rate = 1},
    {{"late_step", "bounded", "OPT-26 DST-10", "At step 5000 the rate has fallen to a fifth.", 0},
     2, 7, RANDOM, .number = {NUMBERS(0.1, 0.015, 0.75, 10), {"first_step", 5000}},
      .state = RESUMED, .without_rate = 1},
    {{"decay", "bounded", "OPT-26 REG-03",
      "Weight decay beside the shrinking: both are taken from the old w.", 0},
     5, 7, RANDOM, .number = {NUMBERS(0.1, 0.5, 0.75, 1), {"weight_decay", 0.4}},
      .without_rate = 1},
    {{"maximize", "bounded", "OPT-26",
      "Ascent: the gradient is negated, shrinking and decay are not.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.1, 0.5, 0.75, 1), {"weight_decay", 0.3}},
      .choice = {{"maximize", "yes"}}, .without_rate = 1},
    {{"steady", "bounded", "OPT-26",
      "A constant gradient for 12 steps and alpha 1: w follows a falling rate.", 0},
     12, 3, STEADY, .number = {NUMBERS(0.2, 0.4, 1, 4)}, .without_rate = 1},
    {{"magnitudes", "bounded", "OPT-26", "Gradients from 1e-6 to 1e3.", 0},
     4, 10, MAGNITUDES, .number = {NUMBERS(0.05, 0.1, 0.75, 1)}, .without_rate = 1},
    {{"fixed_rate", "bounded", "OPT-13 OPT-26",
      "alpha 0: the rate stays, the weights still shrink.", 0},
     5, 7, RANDOM, .number = {NUMBERS(0.1, 0.4, 0, 0)}, .without_rate = 1},
    {{"exact", "exact", "OPT-26", "No shrinking and a mean of two: no rounding.", 0},
     3, 12, ONES, .number = {NUMBERS(0.5, 0, 0.75, 0)}, .without_rate = 1},
    {{"many_parameters", "bounded", "OPT-21 DST-08",
      "67 parameters: a number that no vector width and no rank count divides.", 0},
     2, 67, RANDOM, .number = {NUMBERS(0.1, 0.2, 0.75, 0), {"first_step", 4}}, .state = RESUMED,
      .without_rate = 1},
};
/* clang-format on */

void averaged_gradient_descent_cases(struct case_list *list)
{
    static const struct refusal own[] = {
        {"t0_missing", "resumed", NUMBER_GONE, "t0", .why = "Libraries differ in its default."},
        {"t0_negative", "resumed", NUMBER_SET, "t0", -1, .why = "Averaging from before the start."},
        {"average_too_short", "resumed", INPUT_SHORTER, "average",
         .why = "State for fewer parameters than there are."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        optimizer_row_add(list, &rows[i]);
    optimizer_refusals(list, &(struct optimizer_limits){
                                 .like = "resumed",
                                 .positive = {"rate", "lambd", "alpha", "weight_decay"},
                                 .stated = {"rate", "lambd", "alpha"},
                                 .choice = {"counts", "maximize"},
                                 .without_rate = 1,
                             });
    case_refusals(list, own, sizeof own / sizeof *own);
}
