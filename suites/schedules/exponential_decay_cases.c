// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

#define POWER                                                                                      \
    {                                                                                              \
        "form", "power"                                                                            \
    }
#define STAIRS                                                                                     \
    {                                                                                              \
        "staircase", "yes"                                                                         \
    }

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"exponential", "bounded", "OPT-15 OPT-18",
      "rate e^(-k t): the form of the textbooks, smooth.", 0},
     {{"steps", 37}, {"rate", 0.1}, {"decay", 0.08}}, {{0}}},
    {{"power", "bounded", "OPT-15", "rate gamma^t: the form of the libraries, by multiplication.",
      0},
     {{"steps", 37}, {"rate", 0.1}, {"decay", 0.9}}, {POWER}},
    {{"power_smooth", "bounded", "OPT-15",
      "gamma^(t / 10): a fractional exponent, where a staircase would be flat.", 0},
     {{"steps", 41}, {"rate", 0.1}, {"decay", 0.5}, {"decay_steps", 10}}, {POWER}},
    {{"power_staircase", "bounded", "OPT-15",
      "The same, rounded down: flat for 10 steps at a time.", 0},
     {{"steps", 41}, {"rate", 0.1}, {"decay", 0.6}, {"decay_steps", 10}}, {POWER, STAIRS}},
    {{"exponential_staircase", "bounded", "OPT-15",
      "e^(-k floor(t / 7)): the staircase of the other form.", 0},
     {{"steps", 30}, {"rate", 0.2}, {"decay", 0.25}, {"decay_steps", 7}}, {STAIRS}},
    {{"exponential_scaled", "bounded", "OPT-15", "e^(-k t / 7), smooth.", 0},
     {{"steps", 25}, {"rate", 0.2}, {"decay", 0.4}, {"decay_steps", 7}}, {{0}}},
    {{"begin", "bounded", "OPT-15",
      "The decay begins at step 6 and counts from there; before, the rate is fixed.", 0},
     {{"steps", 23}, {"rate", 0.1}, {"decay", 0.3}, {"begin", 6}, {"decay_steps", 3}}, {POWER}},
    {{"begin_exponential", "bounded", "OPT-15", "The same for the exponential form.", 0},
     {{"steps", 19}, {"rate", 0.1}, {"decay", 0.15}, {"begin", 5}}, {{0}}},
    {{"minimum", "bounded", "OPT-15", "The rate stops at a minimum.", 0},
     {{"steps", 29}, {"rate", 0.1}, {"decay", 0.8}, {"minimum", 0.003}}, {POWER}},
    {{"epochs", "bounded", "OPT-15",
      "5 steps an epoch: the rate changes between epochs only.", 0},
     {{"steps", 48}, {"rate", 0.1}, {"decay", 0.7}, {"steps_per_epoch", 5}}, {POWER}},
    {{"counted_from_one", "bounded", "OPT-15", "The first step has decayed already.", 0},
     {{"steps", 18}, {"rate", 0.1}, {"decay", 0.2}}, {{"counted_from", "one"}}},
    {{"resumed", "bounded", "OPT-15 DST-10", "Resumed at step 21.", 0},
     {{"steps", 14}, {"rate", 0.1}, {"decay", 0.95}, {"first", 21}}, {POWER}},
    {{"fixed", "bounded", "OPT-13", "Decay 0: the rate stays what it is.", 0},
     {{"steps", 9}, {"rate", 0.01}, {"decay", 0}}, {{0}}},
    {{"growing", "bounded", "OPT-19", "A base above 1, as a search for a useful rate has it.", 0},
     {{"steps", 21}, {"rate", 1e-6}, {"decay", 1.75}}, {POWER}},
    {{"one_step", "bounded", "OPT-15", "A single step.", 0},
     {{"steps", 1}, {"rate", 0.3}, {"decay", 0.5}, {"first", 2}}, {{0}}},
    {{"slow", "bounded", "OPT-15",
      "A base of 0.999 over 131 steps: many small factors, none of which may be lost.", 0},
     {{"steps", 131}, {"rate", 0.001}, {"decay", 0.999}}, {POWER}},
    {{"exact", "exact", "OPT-15 DST-02", "Halved at every step, to the last bit.", 0},
     {{"steps", 33}, {"rate", 0.75}, {"decay", 0.5}}, {POWER}},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"rate_missing", "one_step", NUMBER_GONE, "rate", .why = "rate has no default."},
    {"decay_missing", "one_step", NUMBER_GONE, "decay", .why = "decay has no default."},
    {"power_0", "power", NUMBER_SET, "decay", 0, .why = "A logarithm of 0."},
    {"power_negative", "power_smooth", NUMBER_SET, "decay", -0.5,
     .why = "A fractional power of a negative number."},
    {"decay_steps_0", "one_step", NUMBER_SET, "decay_steps", 0, .why = "A time divided by 0."},
    {"decay_steps_fractional", "one_step", NUMBER_SET, "decay_steps", 2.5, .why = "Half a step."},
    {"begin_negative", "one_step", NUMBER_SET, "begin", -1,
     .why = "A beginning before the first step."},
    {"form_unknown", "one_step", CHOICE_SET, "form", .choice = "other",
     .why = "A convention that nobody has."},
    {"staircase_unknown", "one_step", CHOICE_SET, "staircase", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void exponential_decay_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    schedule_refusals(list, "one_step", refusals, sizeof refusals / sizeof *refusals);
}
