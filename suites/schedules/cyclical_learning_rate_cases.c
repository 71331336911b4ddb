// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"triangular", "bounded", "OPT-16", "Three cycles of 2 x 5 steps: the plain definition.", 0},
     {{"steps", 31}, {"base", 0.001}, {"maximum", 0.006}, {"up", 5}}, {{0}}},
    {{"triangular2", "bounded", "OPT-16", "The amplitude halves with every cycle.", 0},
     {{"steps", 37}, {"base", 0.001}, {"maximum", 0.006}, {"up", 4}}, {{"mode", "triangular2"}}},
    {{"exp_range", "bounded", "OPT-16", "The amplitude decays with every step.", 0},
     {{"steps", 37}, {"base", 0.001}, {"maximum", 0.006}, {"up", 6}, {"decay", 0.97}},
     {{"mode", "exp_range"}}},
    {{"exp_range_by_cycle", "bounded", "OPT-16", "The amplitude decays with every cycle only.", 0},
     {{"steps", 37}, {"base", 0.002}, {"maximum", 0.05}, {"up", 5}, {"decay", 0.7}},
     {{"mode", "exp_range"}, {"scale_by", "cycle"}}},
    {{"uneven", "bounded", "OPT-16",
      "Three steps up, eight down: both slopes, and a cycle that is not twice one of them.", 0},
     {{"steps", 35}, {"base", 0.01}, {"maximum", 0.1}, {"up", 3}, {"down", 8}}, {{0}}},
    {{"uneven_triangular2", "bounded", "OPT-16", "Seven up, two down, halving.", 0},
     {{"steps", 30}, {"base", 0.01}, {"maximum", 0.1}, {"up", 7}, {"down", 2}},
     {{"mode", "triangular2"}}},
    {{"uneven_exp_range", "bounded", "OPT-16", "Two up, seven down, decaying.", 0},
     {{"steps", 30}, {"base", 0.01}, {"maximum", 0.1}, {"up", 2}, {"down", 7}, {"decay", 0.93}},
     {{"mode", "exp_range"}}},
    {{"counted_from_one", "bounded", "OPT-16",
      "Counted from one, step 0 is above the base already.", 0},
     {{"steps", 17}, {"base", 0.003}, {"maximum", 0.02}, {"up", 4}}, {{"counted_from", "one"}}},
    {{"resumed", "bounded", "OPT-16 DST-10", "Resumed on the way down of the third cycle.", 0},
     {{"steps", 14}, {"base", 0.003}, {"maximum", 0.02}, {"up", 4}, {"first", 21}},
     {{"mode", "triangular2"}}},
    {{"epochs", "bounded", "OPT-16", "3 steps an epoch, all with one rate.", 0},
     {{"steps", 40}, {"base", 0.003}, {"maximum", 0.02}, {"up", 3}, {"steps_per_epoch", 3}}, {{0}}},
    {{"saw", "bounded", "OPT-16", "One step up, one down: every other step is the maximum.", 0},
     {{"steps", 9}, {"base", 0.003}, {"maximum", 0.02}, {"up", 1}}, {{0}}},
    {{"valley", "bounded", "OPT-16", "A maximum below the base: momentum's cycle, the other way.",
      0},
     {{"steps", 21}, {"base", 0.95}, {"maximum", 0.85}, {"up", 5}}, {{0}}},
    {{"half_a_cycle", "bounded", "OPT-16 OPT-19",
      "Only the way up: the range test for learning rates.", 0},
     {{"steps", 23}, {"base", 1e-4}, {"maximum", 0.5}, {"up", 22}}, {{0}}},
    {{"snapshots", "bounded", "OPT-16 OPT-26",
      "131 steps of many cycles: the ends of the cycles, where snapshots are taken.", 0},
     {{"steps", 131}, {"base", 0.001}, {"maximum", 0.1}, {"up", 1}, {"down", 12}},
     {{"mode", "triangular2"}}},
    {{"exact", "exact", "OPT-16 DST-02", "Four steps up between 1/4 and 1, to the last bit.", 0},
     {{"steps", 27}, {"base", 0.25}, {"maximum", 1}, {"up", 4}}, {{"mode", "triangular2"}}},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"base_missing", "saw", NUMBER_GONE, "base", .why = "base has no default."},
    {"maximum_missing", "saw", NUMBER_GONE, "maximum", .why = "maximum has no default."},
    {"up_missing", "saw", NUMBER_GONE, "up", .why = "up has no default."},
    {"up_0", "saw", NUMBER_SET, "up", 0, .why = "Up in no step: 0 / 0."},
    {"down_0", "uneven", NUMBER_SET, "down", 0, .why = "Down in no step."},
    {"up_fractional", "saw", NUMBER_SET, "up", 1.5, .why = "Half a step."},
    {"decay_missing", "exp_range", NUMBER_GONE, "decay", .why = "decay has no default."},
    {"decay_0", "exp_range", NUMBER_SET, "decay", 0,
     .why = "An amplitude of 0 after the first step."},
    {"decay_negative", "exp_range", NUMBER_SET, "decay", -0.5,
     .why = "An amplitude of alternating signs."},
    {"mode_unknown", "saw", CHOICE_SET, "mode", .choice = "other",
     .why = "A convention that nobody has."},
    {"scale_by_unknown", "saw", CHOICE_SET, "scale_by", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void cyclical_learning_rate_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    schedule_refusals(list, "saw", refusals, sizeof refusals / sizeof *refusals);
}
