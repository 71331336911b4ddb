// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

#define NUMBERS(b1, b2, e)                                                                         \
    {"beta1", b1}, {"beta2", b2},                                                                  \
    {                                                                                              \
        "epsilon", e                                                                               \
    }
#define RESUMED                                                                                    \
    {                                                                                              \
        {"m", 0.1, 1, BOTH_SIGNS, OF_GRADIENT}, {"v", 0.1, 1, POSITIVE, OF_SQUARE},                \
    }

/* clang-format off */
static const struct optimizer_row rows[] = {
    {{"default", "bounded", "OPT-11 OPT-12",
      "The default threshold: five steps of momentum, the sixth is the first rectified one.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.9, 0.97, 1e-8)}},
    {{"threshold_of_paper", "bounded", "OPT-12",
      "The paper's threshold of 4: the fifth step is rectified already.", 0},
     7, 7, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8), {"threshold", 4}}},
    {{"short_memory", "bounded", "OPT-12",
      "A beta2 of 0.9: the average soon holds its 19 gradients, and r goes to 1.", 0},
     12, 5, RANDOM, .number = {NUMBERS(0.9, 0.9, 1e-8)}},
    {{"never_rectified", "bounded", "OPT-12",
      "A beta2 of 0.6: the average holds four gradients at most, never enough.", 0},
     9, 5, RANDOM, .number = {NUMBERS(0.9, 0.6, 1e-8)}},
    {{"skip", "bounded", "OPT-12",
      "Steps that are not rectified are skipped, and their moments kept.", 0},
     9, 7, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8)}, .choice = {{"unrectified", "skip"}}},
    {{"tiny_after", "bounded", "OPT-12", "Gradients as small as epsilon beside the corrected root.",
      0},
     9, 5, TINY, .number = {NUMBERS(0.9, 0.95, 1e-6)}},
    {{"tiny_before", "bounded", "OPT-12", "The same beside the uncorrected root: PyTorch's place.",
      0},
     9, 5, TINY, .number = {NUMBERS(0.9, 0.95, 1e-6)}, .choice = {{"epsilon_placement",
      "before_correction"}}},
    {{"magnitudes", "bounded", "OPT-12",
      "Gradients from 1e-6 to 1e3: momentum keeps their sizes, the rectified steps do not.", 0},
     7, 10, MAGNITUDES, .number = {NUMBERS(0.9, 0.95, 1e-8)}},
    {{"coupled_decay", "bounded", "OPT-12 REG-03", "The L2 penalty goes through both moments.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8), {"weight_decay", 0.2}}},
    {{"decoupled_decay", "bounded", "OPT-12 REG-04",
      "Decay off the weights in every step, rectified or not.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8), {"weight_decay", 0.3}},
      .choice = {{"decay_form", "decoupled"}}},
    {{"no_correction", "bounded", "OPT-12",
      "The moments are not corrected, the rectification stays.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8)}, .choice = {{"bias_correction", "no"}}},
    {{"resumed", "bounded", "OPT-12 DST-10",
      "Resumed at step 5: the threshold is passed in the second step.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8), {"first_step", 5}}, .state = RESUMED},
    {{"late_step", "bounded", "OPT-12 DST-10", "At step 100 with a beta2 of 0.99, r is still 0.8.",
      0},
     3, 7, RANDOM, .number = {NUMBERS(0.9, 0.99, 1e-8), {"first_step", 100}}, .state = RESUMED},
    {{"maximize", "bounded", "OPT-12",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     8, 7, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8), {"weight_decay", 0.3}},
      .choice = {{"maximize", "yes"}}},
    {{"many_parameters", "bounded", "OPT-12 OPT-21 DST-08",
      "67 parameters: a number that no vector width and no rank count divides.", 0},
     2, 67, RANDOM, .number = {NUMBERS(0.9, 0.95, 1e-8), {"weight_decay", 0.01}, {"first_step", 6}},
      .state = RESUMED},
};
/* clang-format on */

void radam_cases(struct case_list *list)
{
    static const struct refusal low[] = {
        {"low_threshold", "default", NUMBER_SET, "threshold", 3.5, NULL, 0,
         "Below a length of 4 the rectification is the root of a negative number."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        optimizer_row_add(list, &rows[i]);
    optimizer_refusals(list, &(struct optimizer_limits){
                                 .like = "default",
                                 .share = {"beta1", "beta2"},
                                 .positive = {"epsilon"},
                                 .stated = {"epsilon", "beta2"},
                                 .choice = {"epsilon_placement", "unrectified", "bias_correction",
                                            "decay_form", "maximize"},
                             });
    case_refusals(list, low, sizeof low / sizeof *low);
}
