// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"linear", "bounded", "OPT-14 OPT-18", "Power 1 to an end value, which then stays.", 0},
     {{"steps", 25}, {"rate", 0.1}, {"minimum", 0.003}, {"decay_steps", 19}}, {{0}}},
    {{"to_zero", "bounded", "OPT-18",
      "No end value: the last rates are 0, not what the logarithm of 0 makes.", 0},
     {{"steps", 17}, {"rate", 0.1}, {"decay_steps", 13}, {"power", 2}}, {{0}}},
    {{"segmentation", "bounded", "OPT-18", "The power of 0.9 that segmentation networks use.", 0},
     {{"steps", 23}, {"rate", 0.01}, {"minimum", 1e-5}, {"decay_steps", 23}, {"power", 0.9}},
       {{0}}},
    {{"root", "bounded", "OPT-18", "A power of 1/2 falls late and steeply.", 0},
     {{"steps", 15}, {"rate", 0.3}, {"minimum", 0.02}, {"decay_steps", 12}, {"power", 0.5}}, {{0}}},
    {{"cubic", "bounded", "OPT-18", "A power of 3 falls early.", 0},
     {{"steps", 15}, {"rate", 0.3}, {"minimum", 0.02}, {"decay_steps", 12}, {"power", 3}}, {{0}}},
    {{"cycle", "bounded", "OPT-16 OPT-18",
      "It starts again at every multiple of 7, over longer and longer spans.", 0},
     {{"steps", 30}, {"rate", 0.1}, {"minimum", 0.01}, {"decay_steps", 7}, {"power", 2}}, {{"after",
       "cycle"}}},
    {{"cycle_linear", "bounded", "OPT-16 OPT-18",
      "The same in straight lines; at 7 itself the first one still ends.", 0},
     {{"steps", 23}, {"rate", 0.1}, {"minimum", 0.01}, {"decay_steps", 7}}, {{"after", "cycle"}}},
    {{"epochs", "bounded", "OPT-18", "3 steps an epoch, all with one rate.", 0},
     {{"steps", 20}, {"rate", 0.1}, {"minimum", 0.01}, {"decay_steps", 5}, {"power", 1.5},
       {"steps_per_epoch", 3}}, {{0}}},
    {{"resumed", "bounded", "OPT-18 DST-10", "Resumed at step 9 of a cycling decay.", 0},
     {{"steps", 11}, {"rate", 0.1}, {"minimum", 0.01}, {"decay_steps", 4}, {"power", 2}, {"first",
       9}}, {{"after", "cycle"}}},
    {{"counted_from_one", "bounded", "OPT-18", "Counted from one, the full rate is never used.", 0},
     {{"steps", 12}, {"rate", 0.1}, {"decay_steps", 11}, {"power", 2}}, {{"counted_from", "one"}}},
    {{"rising", "bounded", "OPT-18", "An end value above the rate: upwards.", 0},
     {{"steps", 10}, {"rate", 0.01}, {"minimum", 0.4}, {"decay_steps", 9}, {"power", 2}}, {{0}}},
    {{"exact", "exact", "OPT-18 DST-02", "Sixteen steps down in a straight line: no rounding.", 0},
     {{"steps", 19}, {"rate", 0.75}, {"minimum", 0.25}, {"decay_steps", 16}}, {{0}}},
    {{"long", "bounded", "OPT-18 DST-08", "131 steps over 128.", 0},
     {{"steps", 131}, {"rate", 0.001}, {"minimum", 1e-6}, {"decay_steps", 128}, {"power", 1.5}},
       {{0}}},
    /* clang-format on */
};

void polynomial_decay_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_power", "cubic", NUMBER_SET, "power", 0, NULL, 0, "0^0 at the end of the decay."},
        {"negative_power", "cubic", NUMBER_SET, "power", -1, NULL, 0,
         "A rate that becomes infinite."},
        {"no_decay_steps", "cubic", NUMBER_SET, "decay_steps", 0, NULL, 0, "A share of no steps."},
        {"without_decay_steps", "cubic", NUMBER_GONE, "decay_steps", 0, NULL, 0,
         "A number without a default is not stated."},
        {"without_rate", "cubic", NUMBER_GONE, "rate", 0, NULL, 0,
         "A number without a default is not stated."},
        {"unknown_after", "cubic", CHOICE_SET, "after", 0, "sideways", 0,
         "A convention that does not exist."},
        {"no_steps", "cubic", NUMBER_SET, "steps", 0, NULL, 0, "No step is asked for."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
