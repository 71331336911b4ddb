// SPDX-License-Identifier: MIT
#include "least_squares_rows.h"

#define NUMBERS(r, e, b)                                                                           \
    {"rho", r}, {"epsilon", e},                                                                    \
    {                                                                                              \
        "block", b                                                                                 \
    }

/* clang-format off */
static const struct least_squares_row rows[] = {
    {{"paper", "trajectory", "OPT-27 ADV-15",
      "Rho 0.05: the gradient comes from the top of the slope, the step leaves from w.", 0},
     5, 9, 4, .number = {NUMBERS(0.05, 1e-12, 2)}},
    {{"wide", "trajectory", "OPT-27 ADV-15", "A rho as large as the weights.", 0},
     4, 9, 4, .number = {NUMBERS(2, 1e-12, 2)}},
    {{"adaptive", "trajectory", "OPT-27", "ASAM: large weights are moved further.", 0},
     4, 9, 4, .number = {NUMBERS(0.5, 1e-12, 2), {"eta", 0.01}}, .choice = {{"form", "adaptive"}}},
    {{"adaptive_eta", "trajectory", "OPT-27", "An eta as large as the weights, and three ascents.",
      0},
     3, 7, 3, .number = {NUMBERS(0.5, 1e-12, 2), {"eta", 0.75}, {"ascent_steps", 3}, {"ascent_rate",
      0.25}}, .choice = {{"form", "adaptive"}}},
    {{"robust", "trajectory", "OPT-27 ADV-15",
      "Four ascents of 0.3 in a ball of 0.5: projected ascent within, descent without.", 0},
     3, 9, 4, .number = {NUMBERS(0.5, 1e-12, 2), {"ascent_steps", 4}, {"ascent_rate", 0.3}}},
    {{"robust_inside", "trajectory", "OPT-27 ADV-15",
      "Two ascents so short that the ball is never left.", 0},
     3, 7, 3, .number = {NUMBERS(1, 1e-12, 2), {"ascent_steps", 2}, {"ascent_rate", 0.2}}},
    {{"workers_whole", "trajectory", "OPT-27 OPT-28",
      "Three workers with one perturbation: what a single one has.", 0},
     3, 11, 3, .number = {NUMBERS(0.2, 1e-12, 2), {"workers", 3}}},
    {{"workers_each", "trajectory", "OPT-27 OPT-28",
      "m-sharpness: three perturbations, and uneven workers weighted by samples.", 0},
     3, 11, 3, .number = {NUMBERS(0.4, 1e-12, 2), {"workers", 3}}, .choice = {{"perturbation",
      "each"}}},
    {{"each_dealt", "trajectory", "OPT-27 OPT-28",
      "The same with samples dealt out in turn and two ascents.", 0},
     2, 9, 3, .number = {NUMBERS(0.4, 1e-12, 2), {"workers", 2}, {"ascent_steps", 2}},
      .choice = {{"perturbation", "each"}, {"assignment", "round_robin"}}},
    {{"large_epsilon", "trajectory", "OPT-27",
      "An epsilon as large as the gradient halves the perturbation.", 0},
     3, 7, 4, .number = {NUMBERS(0.5, 2, 2)}},
    {{"decay", "trajectory", "OPT-27 REG-03", "Weight decay joins the descent, not the ascent.", 0},
     3, 7, 4, .number = {NUMBERS(0.3, 1e-12, 2), {"weight_decay", 0.3}}},
    {{"no_radius", "trajectory", "OPT-01 OPT-27", "Rho 0: gradient descent.", 0},
     2, 7, 3, .number = {NUMBERS(0, 1e-12, 2)}},
    {{"short_block", "trajectory", "OPT-27 DST-02 DST-08",
      "35 samples in blocks of 8: the last block is short and must not be lost.", 0},
     2, 35, 3, .number = {NUMBERS(0.3, 1e-12, 8)}},
};
/* clang-format on */

void sharpness_aware_minimization_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"negative_rho", "paper", NUMBER_SET, "rho", -0.05, NULL, 0, "A ball of negative radius."},
        {"without_rho", "paper", NUMBER_GONE, "rho", 0, NULL, 0,
         "A number without a default is not stated."},
        {"negative_epsilon", "paper", NUMBER_SET, "epsilon", -1e-3, NULL, 0,
         "A norm could become 0 or negative."},
        {"without_eta", "adaptive", NUMBER_GONE, "eta", 0, NULL, 0,
         "The adaptive form needs its eta."},
        {"no_ascent", "paper", NUMBER_SET, "ascent_steps", 0, NULL, 0, "Nobody ascends."},
        {"unknown_form", "paper", CHOICE_SET, "form", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_perturbation", "paper", CHOICE_SET, "perturbation", 0, "sideways", 0,
         "A convention that does not exist."},
        {"too_many_workers", "workers_each", NUMBER_SET, "workers", 12, NULL, 0,
         "A worker without samples has no gradient."},
        {"without_w", "paper", INPUT_GONE, "w", 0, NULL, 0, "There is no start."},
        {"short_y", "paper", INPUT_SHORTER, "y", 0, NULL, 0, "A target is missing."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        least_squares_row_add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
