// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"every_three", "bounded", "OPT-14 OPT-18",
      "A factor of 0.3 every 3 steps: the plain definition, with a factor that is not a power.", 0},
     {{"steps", 23}, {"rate", 0.1}, {"factor", 0.3}, {"every", 3}}, {{0}}},
    {{"ten_every_thirty", "bounded", "OPT-14",
      "Divided by 10 every 30 epochs over 0..100, as the residual networks were trained.", 0},
     {{"steps", 101}, {"rate", 0.1}, {"factor", 10}, {"every", 30}}, {{"factor_form", "divide"}}},
    {{"divide", "bounded", "OPT-14",
      "Divided by 3: the quotient is the definition, not the product with a rounded third.", 0},
     {{"steps", 17}, {"rate", 0.05}, {"factor", 3}, {"every", 2}}, {{"factor_form", "divide"}}},
    {{"after", "bounded", "OPT-14",
      "The time of the boundary still has the old rate: one step later than everybody else.", 0},
     {{"steps", 19}, {"rate", 0.1}, {"factor", 0.5}, {"every", 4}}, {{"boundary", "after"}}},
    {{"counted_from_one", "bounded", "OPT-14",
      "floor((1 + epoch) / every): the first plateau is one epoch shorter.", 0},
     {{"steps", 21}, {"rate", 0.1}, {"factor", 0.5}, {"every", 5}}, {{"counted_from", "one"}}},
    {{"from_one_after", "bounded", "OPT-14",
      "Counted from one and falling after the boundary: the two shifts cancel.", 0},
     {{"steps", 15}, {"rate", 0.2}, {"factor", 0.7}, {"every", 4}},
     {{"counted_from", "one"}, {"boundary", "after"}}},
    {{"epochs", "bounded", "OPT-14",
      "7 steps an epoch: the rate falls between epochs, never within one.", 0},
     {{"steps", 67}, {"rate", 0.1}, {"factor", 0.6}, {"every", 2}, {"steps_per_epoch", 7}}, {{0}}},
    {{"resumed", "bounded", "OPT-14 DST-10",
      "Resumed at step 11: the rate goes on where it was, and does not start over.", 0},
     {{"steps", 13}, {"rate", 0.1}, {"factor", 0.7}, {"every", 4}, {"first", 11}}, {{0}}},
    {{"resumed_within_epoch", "bounded", "OPT-14 DST-10",
      "Resumed at step 17 of epochs of 5: the first epoch here has 3 steps left.", 0},
     {{"steps", 22}, {"rate", 0.3}, {"factor", 0.4}, {"every", 2}, {"first", 17},
      {"steps_per_epoch", 5}}, {{"boundary", "after"}}},
    {{"minimum", "bounded", "OPT-14",
      "The rate stops at a minimum instead of vanishing.", 0},
     {{"steps", 20}, {"rate", 0.1}, {"factor", 0.3}, {"every", 3}, {"minimum", 0.002}}, {{0}}},
    {{"fixed", "bounded", "OPT-13 OPT-19",
      "A period beyond the last step: the fixed rate 0.01.", 0},
     {{"steps", 9}, {"rate", 0.01}, {"factor", 0.1}, {"every", 50}}, {{0}}},
    {{"growing", "bounded", "OPT-19",
      "A factor above 1, as a search for the largest useful rate has it.", 0},
     {{"steps", 16}, {"rate", 1e-5}, {"factor", 2.5}, {"every", 2}}, {{0}}},
    {{"every_step", "bounded", "OPT-14 OPT-18",
      "A fall at every step: geometric, and no plateau hides an error in the count.", 0},
     {{"steps", 12}, {"rate", 1}, {"factor", 0.9}, {"every", 1}}, {{0}}},
    {{"one_step", "bounded", "OPT-14", "A single step: the smallest case there is.", 0},
     {{"steps", 1}, {"rate", 0.7}, {"factor", 0.5}, {"every", 1}, {"first", 3}}, {{0}}},
    {{"exact", "exact", "OPT-14 DST-02", "Halved every 5 steps: no rounding, so the bound is 0.",
      0},
     {{"steps", 41}, {"rate", 0.5}, {"factor", 0.5}, {"every", 5}}, {{0}}},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"rate_missing", "one_step", NUMBER_GONE, "rate", .why = "rate has no default."},
    {"factor_missing", "one_step", NUMBER_GONE, "factor", .why = "factor has no default."},
    {"every_missing", "one_step", NUMBER_GONE, "every", .why = "every has no default."},
    {"factor_0", "one_step", NUMBER_SET, "factor", 0, .why = "A rate of 0 for ever."},
    {"factor_negative", "one_step", NUMBER_SET, "factor", -0.5,
     .why = "A rate of alternating signs."},
    {"divided_by_0", "divide", NUMBER_SET, "factor", 0, .why = "A division by 0."},
    {"every_0", "one_step", NUMBER_SET, "every", 0, .why = "A fall at no time: 0 / 0."},
    {"every_fractional", "one_step", NUMBER_SET, "every", 1.5, .why = "Half a step."},
    {"factor_form_unknown", "one_step", CHOICE_SET, "factor_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"boundary_unknown", "one_step", CHOICE_SET, "boundary", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void step_decay_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    schedule_refusals(list, "one_step", refusals, sizeof refusals / sizeof *refusals);
}
