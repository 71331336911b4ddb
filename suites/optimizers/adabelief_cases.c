// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

#define NUMBERS(b1, b2, e, r)                                                                      \
    {"beta1", b1}, {"beta2", b2}, {"epsilon", e},                                                  \
    {                                                                                              \
        "epsilon_root", r                                                                          \
    }
#define RESUMED                                                                                    \
    {                                                                                              \
        {"m", 0.1, 1, BOTH_SIGNS, OF_GRADIENT}, {"s", 0.05, 0.5, POSITIVE, OF_SQUARE},             \
    }

/* clang-format off */
static const struct optimizer_row rows[] = {
    {{"paper", "bounded", "OPT-11 OPT-12",
      "Epsilon 1e-8 in both places, six steps with a rate that changes.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.999, 1e-8, 1e-8)}},
    {{"package", "bounded", "OPT-12", "The authors' package: 1e-16 in both places, AdamW's decay.",
      0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.999, 1e-16, 1e-16), {"weight_decay", 0.1}},
      .choice = {{"decay_form", "decoupled"}}},
    {{"coupled_decay", "bounded", "OPT-12 REG-03", "The L2 penalty goes through both moments.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-8, 1e-8), {"weight_decay", 0.2}}},
    {{"steady", "bounded", "OPT-12",
      "A gradient that never changes: the belief grows, and with it every step.", 0},
     10, 2, STEADY, .number = {NUMBERS(0.9, 0.9, 1e-3, 1e-3)}},
    {{"accumulating_root", "bounded", "OPT-12",
      "A root as large as the moments, which gathers in the state from step to step.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.9, 1e-8, 0.25)}},
    {{"root_at_use", "bounded", "OPT-12",
      "The same root where it is used alone: the state stays without it.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.9, 1e-8, 0.25)}, .choice = {{"root_placement",
      "at_use"}}},
    {{"tiny", "bounded", "OPT-12", "Gradients as small as epsilon, which then shapes every step.",
      0},
     4, 5, TINY, .number = {NUMBERS(0.9, 0.99, 1e-6, 1e-12)}},
    {{"magnitudes", "bounded", "OPT-12", "Gradients from 1e-6 to 1e3 side by side.", 0},
     3, 10, MAGNITUDES, .number = {NUMBERS(0.9, 0.99, 1e-8, 1e-16)}},
    {{"falling", "bounded", "OPT-12",
      "Falling gradients: the old mean, not the new one, would be far off.", 0},
     5, 7, FALLING, .number = {NUMBERS(0.8, 0.9, 1e-8, 1e-8)}},
    {{"no_correction", "bounded", "OPT-12", "Without bias correction.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-8, 1e-8)}, .choice = {{"bias_correction",
      "no"}}},
    {{"resumed", "bounded", "OPT-12 DST-10",
      "Resumed at step 4 with both moments: nothing may start again.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-8, 1e-8), {"first_step", 4}, {"weight_decay",
      0.1}}, .state = RESUMED},
    {{"never_touched", "bounded", "OPT-12",
      "Every third gradient is 0 from the start: 0 over the epsilons is 0.", 0},
     3, 6, SPARSE, .number = {NUMBERS(0.9, 0.99, 1e-8, 1e-8)}},
    {{"maximize", "bounded", "OPT-12",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-8, 1e-8), {"weight_decay", 0.3}},
      .choice = {{"maximize", "yes"}}},
    {{"many_parameters", "bounded", "OPT-12 OPT-21 DST-08",
      "67 parameters: a number that no vector width and no rank count divides.", 0},
     2, 67, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-7, 1e-7), {"weight_decay", 0.01}},
      .choice = {{"decay_form", "decoupled"}}},
};
/* clang-format on */

void adabelief_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        optimizer_row_add(list, &rows[i]);
    optimizer_refusals(
        list, &(struct optimizer_limits){
                  .like = "paper",
                  .share = {"beta1", "beta2"},
                  .positive = {"epsilon", "epsilon_root"},
                  .stated = {"epsilon", "epsilon_root"},
                  .choice = {"root_placement", "bias_correction", "decay_form", "maximize"},
              });
}
