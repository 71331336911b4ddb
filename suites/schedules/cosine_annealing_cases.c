// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

#define STAY                                                                                       \
    {                                                                                              \
        "after", "stay"                                                                            \
    }

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"restarts", "bounded", "OPT-18 OPT-26",
      "Cycles of 10 steps: the last step of one is above the minimum, the next starts full.", 0},
     {{"steps", 37}, {"rate", 0.1}, {"minimum", 0.01}, {"period", 10}}, {{0}}},
    {{"doubling", "bounded", "OPT-26",
      "Cycles of 5, 10, 20 steps: off by one in a restart shows at every later step.", 0},
     {{"steps", 67}, {"rate", 0.1}, {"minimum", 0.001}, {"period", 5}, {"multiplier", 2}}, {{0}}},
    {{"tripling", "bounded", "OPT-26", "Cycles of 2, 6, 18 steps.", 0},
     {{"steps", 41}, {"rate", 0.3}, {"minimum", 0.02}, {"period", 2}, {"multiplier", 3}}, {{0}}},
    {{"stay", "bounded", "OPT-18", "A single decay to an end value, which then stays.", 0},
     {{"steps", 33}, {"rate", 0.1}, {"minimum", 0.004}, {"period", 24}}, {STAY}},
    {{"stay_without_minimum", "bounded", "OPT-18",
      "No end value: the rate is 0 at the end of the period, up to the rounding of pi.", 0},
     {{"steps", 18}, {"rate", 0.1}, {"period", 20}}, {STAY}},
    {{"back", "bounded", "OPT-18", "The cosine goes on, and up again after the period.", 0},
     {{"steps", 27}, {"rate", 0.1}, {"minimum", 0.003}, {"period", 13}}, {{"after", "back"}}},
    {{"epochs", "bounded", "OPT-18", "4 steps an epoch, all with one rate.", 0},
     {{"steps", 50}, {"rate", 0.1}, {"minimum", 0.01}, {"period", 5}, {"steps_per_epoch", 4}},
       {{0}}},
    {{"resumed", "bounded", "OPT-26 DST-10", "Resumed in the third cycle of a doubling schedule.",
      0},
     {{"steps", 19}, {"rate", 0.1}, {"minimum", 0.01}, {"period", 3}, {"multiplier", 2},
      {"first", 14}}, {{0}}},
    {{"counted_from_one", "bounded", "OPT-18", "Counted from one, the full rate is never used.", 0},
     {{"steps", 21}, {"rate", 0.1}, {"minimum", 0.01}, {"period", 23}}, {{"counted_from", "one"}}},
    {{"minimum_near_rate", "bounded", "OPT-18",
      "A range of 2 % of the rate: the minimum is most of it.", 0},
     {{"steps", 15}, {"rate", 0.05}, {"minimum", 0.049}, {"period", 14}}, {STAY}},
    {{"fixed", "bounded", "OPT-13", "A period of 1 with restarts: the rate never moves.", 0},
     {{"steps", 6}, {"rate", 0.2}, {"minimum", 0.1}, {"period", 1}}, {{0}}},
    {{"one_step", "bounded", "OPT-18", "A single step, a third of the way down.", 0},
     {{"steps", 1}, {"rate", 0.2}, {"minimum", 0.07}, {"period", 3}, {"first", 1}}, {{0}}},
    {{"long", "bounded", "OPT-18 DST-08", "203 steps of one decay over 200.", 0},
     {{"steps", 203}, {"rate", 0.001}, {"minimum", 1e-5}, {"period", 200}}, {STAY}},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"rate_missing", "one_step", NUMBER_GONE, "rate", .why = "rate has no default."},
    {"period_missing", "one_step", NUMBER_GONE, "period", .why = "period has no default."},
    {"period_0", "one_step", NUMBER_SET, "period", 0, .why = "A cycle of no step: 0 / 0."},
    {"period_fractional", "one_step", NUMBER_SET, "period", 2.5, .why = "Half a step."},
    {"multiplier_0", "one_step", NUMBER_SET, "multiplier", 0,
     .why = "Cycles of no step after the first."},
    {"multiplier_fractional", "one_step", NUMBER_SET, "multiplier", 1.5,
     .why = "Cycles of half a step."},
    {"after_unknown", "one_step", CHOICE_SET, "after", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void cosine_annealing_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    schedule_refusals(list, "one_step", refusals, sizeof refusals / sizeof *refusals);
}
