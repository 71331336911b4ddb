// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"inverse", "bounded", "OPT-18", "rate / (1 + k t): the plain definition.", 0},
     {{"steps", 37}, {"rate", 0.1}, {"decay", 0.3}}, {{0}}},
    {{"inverse_root", "bounded", "OPT-18", "rate / sqrt(1 + k t), the slower form.", 0},
     {{"steps", 29}, {"rate", 0.1}, {"decay", 0.7}}, {{"form", "inverse_root"}}},
    {{"scaled", "bounded", "OPT-18", "rate / (1 + k t / 10), smooth.", 0},
     {{"steps", 33}, {"rate", 0.1}, {"decay", 0.5}, {"decay_steps", 10}}, {{0}}},
    {{"staircase", "bounded", "OPT-18", "Rounded down: flat for 6 steps at a time.", 0},
     {{"steps", 33}, {"rate", 0.1}, {"decay", 0.3}, {"decay_steps", 6}}, {{"staircase", "yes"}}},
    {{"root_staircase", "bounded", "OPT-18", "The root and the staircase together.", 0},
     {{"steps", 31}, {"rate", 0.4}, {"decay", 1.5}, {"decay_steps", 6}},
     {{"form", "inverse_root"}, {"staircase", "yes"}}},
    {{"counted_from_one", "bounded", "OPT-18",
      "The first step is divided already: Adagrad's decay with a count from 1.", 0},
     {{"steps", 19}, {"rate", 0.1}, {"decay", 0.25}}, {{"counted_from", "one"}}},
    {{"harmonic", "bounded", "OPT-18", "Decay 1: 1, 1/2, 1/3, ..., Robbins and Monro's rates.", 0},
     {{"steps", 23}, {"rate", 1}, {"decay", 1}}, {{0}}},
    {{"epochs", "bounded", "OPT-18", "6 steps an epoch: the rate changes between epochs only.", 0},
     {{"steps", 40}, {"rate", 0.1}, {"decay", 0.4}, {"steps_per_epoch", 6}}, {{0}}},
    {{"resumed", "bounded", "OPT-18 DST-10", "Resumed at step 13 of epochs of 3.", 0},
     {{"steps", 17}, {"rate", 0.1}, {"decay", 0.4}, {"first", 13}, {"steps_per_epoch", 3}}, {{0}}},
    {{"minimum", "bounded", "OPT-18", "The rate stops at a minimum.", 0},
     {{"steps", 26}, {"rate", 0.1}, {"decay", 0.9}, {"minimum", 0.011}}, {{0}}},
    {{"tiny_decay", "bounded", "OPT-18",
      "Decay 1e-6, an old default: 1 + k t must keep what it can of it.", 0},
     {{"steps", 21}, {"rate", 0.01}, {"decay", 1e-6}, {"first", 1000}}, {{0}}},
    {{"fixed", "bounded", "OPT-13", "Decay 0: the rate stays what it is.", 0},
     {{"steps", 7}, {"rate", 0.03}, {"decay", 0}}, {{0}}},
    {{"one_step", "bounded", "OPT-18", "A single step.", 0},
     {{"steps", 1}, {"rate", 0.3}, {"decay", 0.5}, {"first", 5}}, {{0}}},
    {{"exact", "exact", "OPT-18 DST-02",
      "Divisors 1 and 2 alone: no rounding, so the bound is 0.", 0},
     {{"steps", 2}, {"rate", 0.75}, {"decay", 1}}, {{0}}},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"rate_missing", "one_step", NUMBER_GONE, "rate", .why = "rate has no default."},
    {"decay_missing", "one_step", NUMBER_GONE, "decay", .why = "decay has no default."},
    {"decay_negative", "one_step", NUMBER_SET, "decay", -0.25,
     .why = "A divisor that reaches 0 at step 4."},
    {"root_negative", "inverse_root", NUMBER_SET, "decay", -0.25,
     .why = "A root of a negative number."},
    {"decay_steps_0", "one_step", NUMBER_SET, "decay_steps", 0, .why = "A time divided by 0."},
    {"form_unknown", "one_step", CHOICE_SET, "form", .choice = "other",
     .why = "A convention that nobody has."},
    {"staircase_unknown", "one_step", CHOICE_SET, "staircase", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void inverse_time_decay_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    schedule_refusals(list, "one_step", refusals, sizeof refusals / sizeof *refusals);
}
