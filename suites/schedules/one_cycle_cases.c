// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

/* clang-format off */
#define MOMENTUM {"momentum_high", 0.95}, {"momentum_low", 0.85}
#define FASTAI   {{"ends", "after_last"}, {"final_from", "maximum"}}

static const struct schedule_row rows[] = {
    {{"pytorch", "bounded", "OPT-16 OPT-18",
      "PyTorch's defaults over 37 steps: the top lies at 10.1, between two steps.", 0},
     {{"steps", 37}, {"maximum", 0.1}, {"total", 37}, {"share", 0.3}, MOMENTUM}, {{0}}},
    {{"fastai", "bounded", "OPT-16 OPT-18",
      "fastai's: top after 9.25 steps, a final rate of a part of the maximum, never reached.", 0},
     {{"steps", 37}, {"maximum", 0.1}, {"total", 37}, {"share", 0.25}, {"final_divisor", 1e5},
       MOMENTUM},
     FASTAI},
    {{"three_phases", "bounded", "OPT-16",
      "Up, back to the initial rate, and then far below it with the momentum at rest.", 0},
     {{"steps", 41}, {"maximum", 0.2}, {"total", 41}, {"share", 0.35}, MOMENTUM}, {{"phases",
       "three"}}},
    {{"smith", "bounded", "OPT-16",
      "Smith's: straight lines, a symmetric triangle, and a last part down to a hundredth.", 0},
     {{"steps", 33}, {"maximum", 3}, {"total", 33}, {"share", 0.45}, {"initial_divisor", 10},
      {"final_divisor", 100}, MOMENTUM}, {{"phases", "three"}, {"shape", "linear"}}},
    {{"linear", "bounded", "OPT-16", "Two straight lines, of unequal slopes.", 0},
     {{"steps", 29}, {"maximum", 0.05}, {"total", 29}, {"share", 0.2}, MOMENTUM}, {{"shape",
       "linear"}}},
    {{"three_phases_after_last", "bounded", "OPT-16",
      "Ends behind the last step, in three phases: the third is a quarter of the cycle.", 0},
     {{"steps", 33}, {"maximum", 0.1}, {"total", 33}, {"share", 0.375}, MOMENTUM},
     {{"phases", "three"}, {"ends", "after_last"}}},
    {{"to_the_very_end", "bounded", "OPT-16",
      "The time behind the last step is still of the cycle where the ends lie there.", 0},
     {{"steps", 13}, {"maximum", 0.1}, {"total", 13}, {"share", 0.4}, MOMENTUM},
     {{"ends", "after_last"}, {"counted_from", "one"}}},
    {{"top_on_a_step", "bounded", "OPT-16",
      "A share of 1/4 of 36 steps: step 8 has the maximum itself, and step 9 is on its way down.",
       0},
     {{"steps", 36}, {"maximum", 0.1}, {"total", 36}, {"share", 0.25}, MOMENTUM}, {{0}}},
    {{"half_of_it", "bounded", "OPT-16", "Training stops in the middle of the way down.", 0},
     {{"steps", 17}, {"maximum", 0.1}, {"total", 31}, {"share", 0.3}, MOMENTUM}, {{0}}},
    {{"resumed", "bounded", "OPT-16 DST-10", "Resumed shortly before the top.", 0},
     {{"steps", 12}, {"first", 7}, {"maximum", 0.1}, {"total", 31}, {"share", 0.3}, MOMENTUM},
     {{"phases", "three"}}},
    {{"epochs", "bounded", "OPT-16", "Two steps an epoch, all with one rate.", 0},
     {{"steps", 31}, {"steps_per_epoch", 2}, {"maximum", 0.1}, {"total", 17}, {"share", 0.4},
       MOMENTUM},
     {{0}}},
    {{"one_step", "bounded", "OPT-16", "A single step, on the way up.", 0},
     {{"steps", 1}, {"first", 2}, {"maximum", 0.1}, {"total", 17}, {"share", 0.4}, MOMENTUM},
       {{0}}},
    {{"level_start", "bounded", "OPT-16",
      "An initial divisor of 1: no rise at all, only the momentum moves on the first leg.", 0},
     {{"steps", 14}, {"maximum", 0.1}, {"total", 14}, {"share", 0.4}, {"initial_divisor", 1},
       MOMENTUM},
     {{0}}},
    {{"exact", "exact", "OPT-16 DST-02",
      "Straight lines of 8 steps between powers of two: no rounding.", 0},
     {{"steps", 33}, {"maximum", 1}, {"total", 32}, {"share", 0.25}, {"initial_divisor", 4},
      {"final_divisor", 8}, {"momentum_high", 1}, {"momentum_low", 0.5}},
     {{"phases", "three"}, {"shape", "linear"}, {"ends", "after_last"}}},
};

static const struct refusal refusals[] = {
    {"maximum_missing", "one_step", NUMBER_GONE, "maximum", .why = "maximum has no default."},
    {"maximum_0", "one_step", NUMBER_SET, "maximum", 0, .why = "No training at all."},
    {"total_missing", "one_step", NUMBER_GONE, "total", .why = "A cycle of unknown length."},
    {"total_too_short", "resumed", NUMBER_SET, "total", 18,
     .why = "Steps after the end of the cycle: PyTorch refuses them too."},
    {"total_fractional", "one_step", NUMBER_SET, "total", 16.5, .why = "Half a step."},
    {"share_missing", "one_step", NUMBER_GONE, "share",
     .why = "The libraries differ in its default."},
    {"share_0", "one_step", NUMBER_SET, "share", 0, .why = "A rise of no step."},
    {"share_of_one_step", "one_step", NUMBER_SET, "share", 0.03125,
     .why = "A rise that ends before the first step."},
    {"share_1", "one_step", NUMBER_SET, "share", 1, .why = "Nothing is left for the way down."},
    {"share_half_of_three", "resumed", NUMBER_SET, "share", 0.75,
     .why = "Nothing is left for the third phase."},
    {"initial_divisor_0", "one_step", NUMBER_SET, "initial_divisor", 0, .why = "An infinite rate."},
    {"final_divisor_negative", "one_step", NUMBER_SET, "final_divisor", -4,
     .why = "A rate below 0."},
    {"momentum_missing", "one_step", NUMBER_GONE, "momentum_low",
     .why = "The other end of the momentum."},
    {"phases_unknown", "one_step", CHOICE_SET, "phases", .choice = "four",
     .why = "A convention that nobody has."},
    {"shape_unknown", "one_step", CHOICE_SET, "shape", .choice = "other",
     .why = "A convention that nobody has."},
    {"ends_unknown", "one_step", CHOICE_SET, "ends", .choice = "other",
     .why = "A convention that nobody has."},
    {"final_from_unknown", "one_step", CHOICE_SET, "final_from", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void one_cycle_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    schedule_refusals(list, "one_step", refusals, sizeof refusals / sizeof *refusals);
}
