// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

#define NUMBERS(b1, b2, e)                                                                         \
    {"beta1", b1}, {"beta2", b2},                                                                  \
    {                                                                                              \
        "epsilon", e                                                                               \
    }

/* clang-format off */
static const struct optimizer_row rows[] = {
    {{"paper", "bounded", "OPT-11 OPT-12",
      "The paper: epsilon 1e-3 and no bias correction, six steps with a rate that changes.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.999, 1e-3)}, .choice = {{"bias_correction", "no"}}},
    {{"packages", "bounded", "OPT-12", "The packages: bias correction, both moments start at 1e-6.",
      0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.999, 1e-3), {"initial", 1e-6}}},
    {{"large_initial", "bounded", "OPT-12",
      "Moments that start at 3 are taken down by the squared gradient, not faster.", 0},
     6, 7, RANDOM, .number = {NUMBERS(0.9, 0.9, 1e-3), {"initial", 3}}},
    {{"falling", "bounded", "OPT-12",
      "Falling gradients: the second moment stays up where Adam's would follow them.", 0},
     6, 7, FALLING, .number = {NUMBERS(0.9, 0.8, 1e-3)}},
    {{"magnitudes", "bounded", "OPT-12",
      "Gradients from 1e-6 to 1e3 side by side: the small ones meet epsilon.", 0},
     3, 10, MAGNITUDES, .number = {NUMBERS(0.9, 0.99, 1e-3)}},
    {{"tiny", "bounded", "OPT-12",
      "Gradients far below an initial value of 1e-6, and near epsilon.", 0},
     4, 5, TINY, .number = {NUMBERS(0.9, 0.99, 1e-6), {"initial", 1e-6}}},
    {{"steady", "bounded", "OPT-12",
      "A steady gradient: the second moment climbs to its square and stops just short of it.", 0},
     9, 3, STEADY, .number = {NUMBERS(0.9, 0.9, 1e-3)}},
    {{"coupled_decay", "bounded", "OPT-12 REG-03", "The L2 penalty goes through both moments.", 0},
     5, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-3), {"weight_decay", 0.2}}},
    {{"decoupled_decay", "bounded", "OPT-12 REG-04", "The decay is taken off the weights first.",
      0},
     5, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-3), {"weight_decay", 0.3}},
      .choice = {{"decay_form", "decoupled"}}},
    {{"resumed", "bounded", "OPT-12 DST-10",
      "Resumed at step 4: some second moments are above the squared gradient, some below.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.9, 0.9, 1e-3), {"first_step", 4}, {"initial", 1e-6}},
     .state = {{"m", 0.1, 1, BOTH_SIGNS, OF_GRADIENT}, {"v", 0.2, 3, POSITIVE, OF_SQUARE}}},
    {{"never_touched", "bounded", "OPT-12",
      "Every third gradient is 0 and so is v: the sign of 0 is 0.", 0},
     3, 6, SPARSE, .number = {NUMBERS(0.9, 0.99, 1e-3)}},
    {{"maximize", "bounded", "OPT-12",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-3), {"weight_decay", 0.3}},
      .choice = {{"maximize", "yes"}}},
    {{"many_parameters", "bounded", "OPT-12 OPT-21 DST-08",
      "67 parameters: a number that no vector width and no rank count divides.", 0},
     2, 67, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-3), {"initial", 1e-6}, {"weight_decay",
      0.01}}},
};
/* clang-format on */

void yogi_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        optimizer_row_add(list, &rows[i]);
    optimizer_refusals(list, &(struct optimizer_limits){
                                 .like = "packages",
                                 .share = {"beta1", "beta2"},
                                 .positive = {"epsilon", "initial"},
                                 .stated = {"epsilon", "beta2"},
                                 .choice = {"bias_correction", "decay_form", "maximize"},
                             });
}
