// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

#define FROM_ONE                                                                                   \
    {                                                                                              \
        "first_rate", "one_over_n"                                                                 \
    }
#define FROM_START                                                                                 \
    {                                                                                              \
        "first_rate", "start_rate"                                                                 \
    }
#define LINEAR                                                                                     \
    {                                                                                              \
        "after", "linear"                                                                          \
    }
#define ROOT                                                                                       \
    {                                                                                              \
        "after", "inverse_root"                                                                    \
    }

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"from_zero", "bounded", "OPT-18", "Step 0 has rate 0, step 11 the full one.", 0},
     {{"steps", 15}, {"rate", 0.1}, {"warmup", 11}}, {{0}}},
    {{"from_one", "bounded", "OPT-18", "Step 0 has an eleventh, step 10 the full rate.", 0},
     {{"steps", 15}, {"rate", 0.1}, {"warmup", 11}}, {FROM_ONE}},
    {{"from_start", "bounded", "OPT-18", "From a third of the rate in 7 steps: LinearLR.", 0},
     {{"steps", 11}, {"rate", 0.3}, {"warmup", 7}, {"start", 0.1}}, {FROM_START}},
    {{"falling_start", "bounded", "OPT-18", "A start above the rate: down to it.", 0},
     {{"steps", 15}, {"rate", 0.03}, {"warmup", 11}, {"start", 0.4}}, {FROM_START}},
    {{"linear", "bounded", "OPT-18", "Up in 6 steps, down to 0 in 17, and 0 from then on.", 0},
     {{"steps", 29}, {"rate", 0.05}, {"warmup", 6}, {"total", 23}}, {LINEAR}},
    {{"linear_from_one", "bounded", "OPT-18",
      "The full rate twice, at the last step of the way up and the first of the way down.", 0},
     {{"steps", 27}, {"rate", 0.05}, {"warmup", 7}, {"total", 30}}, {FROM_ONE, LINEAR}},
    {{"linear_from_start", "bounded", "OPT-18", "From a start rate up, then down.", 0},
     {{"steps", 21}, {"rate", 0.07}, {"warmup", 4}, {"total", 19}, {"start", 0.01}},
     {FROM_START, LINEAR}},
    {{"inverse_root", "bounded", "OPT-18", "The transformer's: linear, then 1 / sqrt(t).", 0},
     {{"steps", 41}, {"rate", 0.002}, {"warmup", 13}}, {ROOT}},
    {{"inverse_root_from_one", "bounded", "OPT-18",
      "The root after a warm-up that starts at one over n.", 0},
     {{"steps", 33}, {"rate", 0.002}, {"warmup", 9}}, {FROM_ONE, ROOT}},
    {{"counted_from_one", "bounded", "OPT-18", "Counted from one, nothing is 0.", 0},
     {{"steps", 10}, {"rate", 0.2}, {"warmup", 7}}, {{"counted_from", "one"}}},
    {{"epochs", "bounded", "OPT-18", "Five epochs of 3 steps: a staircase.", 0},
     {{"steps", 23}, {"rate", 0.2}, {"warmup", 5}, {"steps_per_epoch", 3}}, {FROM_ONE}},
    {{"resumed", "bounded", "OPT-18 DST-10", "Resumed at step 8 of a warm-up of 13.", 0},
     {{"steps", 7}, {"rate", 0.2}, {"warmup", 13}, {"first", 8}}, {{0}}},
    {{"no_warmup", "bounded", "OPT-13 OPT-18", "Without warm-up there is no division by 0.", 0},
     {{"steps", 12}, {"rate", 0.2}, {"warmup", 0}, {"total", 13}}, {LINEAR}},
    {{"one_step_of_warmup", "bounded", "OPT-18", "One step of warm-up: 0, then the rate.", 0},
     {{"steps", 5}, {"rate", 0.2}, {"warmup", 1}}, {{0}}},
    {{"fine_tuning", "bounded", "OPT-20",
      "A low rate with a short warm-up over 131 steps, as fine-tuning has it.", 0},
     {{"steps", 131}, {"rate", 2e-5}, {"warmup", 13}, {"total", 131}}, {LINEAR}},
    {{"exact", "exact", "OPT-18 DST-02", "Eight steps up and sixteen down: no rounding.", 0},
     {{"steps", 27}, {"rate", 0.75}, {"warmup", 8}, {"total", 24}}, {LINEAR}},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"rate_missing", "one_step_of_warmup", NUMBER_GONE, "rate", .why = "rate has no default."},
    {"warmup_missing", "one_step_of_warmup", NUMBER_GONE, "warmup",
     .why = "warmup has no default."},
    {"warmup_negative", "one_step_of_warmup", NUMBER_SET, "warmup", -1,
     .why = "Fewer than no steps."},
    {"warmup_fractional", "one_step_of_warmup", NUMBER_SET, "warmup", 2.5, .why = "Half a step."},
    {"start_missing", "from_start", NUMBER_GONE, "start", .why = "start has no default."},
    {"total_missing", "no_warmup", NUMBER_GONE, "total", .why = "A descent to an unknown step."},
    {"total_is_warmup", "exact", NUMBER_SET, "total", 8,
     .why = "A descent in no step: a division by 0."},
    {"root_without_warmup", "inverse_root_from_one", NUMBER_SET, "warmup", 0,
     .why = "The root has no scale then."},
    {"first_rate_unknown", "one_step_of_warmup", CHOICE_SET, "first_rate", .choice = "other",
     .why = "A convention that nobody has."},
    {"after_unknown", "one_step_of_warmup", CHOICE_SET, "after", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void linear_warmup_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    schedule_refusals(list, "one_step_of_warmup", refusals, sizeof refusals / sizeof *refusals);
}
