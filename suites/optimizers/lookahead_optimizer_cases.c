// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

#define NUMBERS(mu, a, k)                                                                          \
    {"momentum", mu}, {"alpha", a},                                                                \
    {                                                                                              \
        "every", k                                                                                 \
    }
#define STATES                                                                                     \
    {                                                                                              \
        {"slow", 0.25, 2, BOTH_SIGNS, OF_GRADIENT},                                                \
            {"velocity_before", 0.25, 2, BOTH_SIGNS, OF_GRADIENT},                                 \
            {"last", 0.25, 2, BOTH_SIGNS, OF_GRADIENT},                                            \
    }

/* clang-format off */
static const struct optimizer_row rows[] = {
    {{"paper", "trajectory", "OPT-05 OPT-12",
      "Five steps forward and half of them back, twice, at a rate that changes.", 0},
     11, 5, RANDOM, .number = {NUMBERS(0.9, 0.5, 5)}},
    {{"reset", "trajectory", "OPT-05", "The velocity starts again after each step back.", 0},
     8, 5, RANDOM, .number = {NUMBERS(0.9, 0.5, 3)}, .choice = {{"velocity", "reset"}}},
    {{"pull", "trajectory", "OPT-05",
      "The velocity goes back as the weights do, to the one before.", 0},
     8, 5, RANDOM, .number = {NUMBERS(0.9, 0.3, 3)}, .choice = {{"velocity", "pull"}}},
    {{"around_descent", "trajectory", "OPT-01", "Around gradient descent, with alpha 0.8.", 0},
     7, 5, RANDOM, .number = {NUMBERS(0, 0.8, 3)}},
    {{"every_step", "trajectory", "OPT-05", "A step back after every step: the rate times alpha.",
      0},
     4, 5, RANDOM, .number = {NUMBERS(0.9, 0.25, 1)}},
    {{"decay", "trajectory", "OPT-05 REG-03", "The decay is that of the fast weights.", 0},
     7, 5, RANDOM, .number = {NUMBERS(0.9, 0.5, 3), {"weight_decay", 0.4}}},
    {{"resumed", "trajectory", "OPT-05 DST-10",
      "Resumed at step 4 of 6 with slow weights that are not the fast ones.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.5, 6), {"first_step", 4}}, .state = STATES},
    {{"resumed_pull", "trajectory", "OPT-05 DST-10", "The same with a last velocity.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.9, 0.5, 3), {"first_step", 5}}, .choice = {{"velocity",
      "pull"}}, .state = STATES},
    {{"maximize", "trajectory", "OPT-05",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     5, 5, RANDOM, .number = {NUMBERS(0.9, 0.5, 2), {"weight_decay", 0.4}}, .choice = {{"maximize",
      "yes"}}},
    {{"exact", "exact", "OPT-05", "Halves throughout: no rounding.", 0},
     3, 12, ONES, .number = {NUMBERS(0.5, 0.5, 2)}},
    {{"many_parameters", "trajectory", "OPT-05 OPT-21 DST-08",
      "67 parameters: a number that no vector width and no rank count divides.", 0},
     3, 67, RANDOM, .number = {NUMBERS(0.9, 0.5, 2)}},
};
/* clang-format on */

void lookahead_optimizer_cases(struct case_list *list)
{
    static const struct refusal more[] = {
        {"no_alpha", "paper", NUMBER_SET, "alpha", 0, NULL, 0, "Slow weights would never move."},
        {"large_alpha", "paper", NUMBER_SET, "alpha", 1.5, NULL, 0,
         "Back beyond the fast weights."},
        {"never_back", "paper", NUMBER_SET, "every", 0, NULL, 0, "A step back after no steps."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        optimizer_row_add(list, &rows[i]);
    optimizer_refusals(list, &(struct optimizer_limits){
                                 .like = "paper",
                                 .share = {"momentum"},
                                 .stated = {"momentum", "alpha", "every"},
                                 .choice = {"velocity", "maximize"},
                             });
    case_refusals(list, more, sizeof more / sizeof *more);
}
