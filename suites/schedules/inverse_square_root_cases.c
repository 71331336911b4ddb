// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

#define FORM(name)                                                                                 \
    {                                                                                              \
        "form", name                                                                               \
    }
#define FROM_ONE                                                                                   \
    {                                                                                              \
        "counted_from", "one"                                                                      \
    }

static const struct schedule_row rows[] = {
    /* clang-format off */
    {{"noam", "bounded", "OPT-15 OPT-18",
      "The transformer's: width 512, counted from one, its top at step 12.", 0},
     {{"steps", 31}, {"rate", 1}, {"width", 512}, {"warmup", 13}}, {FROM_ONE}},
    {{"noam_factor", "bounded", "OPT-18",
      "A factor of 2 and a width of 96: neither is a power of four.", 0},
     {{"steps", 19}, {"rate", 2}, {"width", 96}, {"warmup", 7}}, {FROM_ONE}},
    {{"noam_from_zero", "bounded", "OPT-18",
      "Counted from zero: the first rate is 0, not infinite.", 0},
     {{"steps", 12}, {"rate", 1}, {"width", 96}, {"warmup", 5}}, {{0}}},
    {{"scaled", "bounded", "OPT-18", "A top of 0.002 at step 9.", 0},
     {{"steps", 29}, {"rate", 0.002}, {"warmup", 9}}, {FORM("scaled")}},
    {{"shifted", "bounded", "OPT-18", "A scale of 30 after a rise of 6: it falls slowly at first.",
      0},
     {{"steps", 29}, {"rate", 0.3}, {"warmup", 6}, {"scale", 30}}, {FORM("shifted")}},
    {{"shifted_down", "bounded", "OPT-18", "A scale below the warm-up: it falls fast.", 0},
     {{"steps", 29}, {"rate", 0.3}, {"warmup", 11}, {"scale", 3}}, {FORM("shifted")}},
    {{"shifted_unstated", "bounded", "OPT-18", "No scale stated: that of the warm-up.", 0},
     {{"steps", 17}, {"rate", 0.3}, {"warmup", 7}}, {FORM("shifted")}},
    {{"one_step_of_warmup", "bounded", "OPT-18",
      "A warm-up of one step is none when counted from one.", 0},
     {{"steps", 9}, {"rate", 0.7}, {"warmup", 1}}, {FORM("scaled"), FROM_ONE}},
    {{"epochs", "bounded", "OPT-18", "4 steps an epoch, all with one rate.", 0},
     {{"steps", 30}, {"rate", 0.7}, {"warmup", 3}, {"steps_per_epoch", 4}}, {FORM("scaled"),
       FROM_ONE}},
    {{"resumed", "bounded", "OPT-18 DST-10", "Resumed two steps before the top.", 0},
     {{"steps", 9}, {"rate", 1}, {"width", 96}, {"warmup", 13}, {"first", 10}}, {FROM_ONE}},
    {{"exact", "exact", "OPT-18", "Rises of 1/4 to the top: no rounding.", 0},
     {{"steps", 5}, {"rate", 0.5}, {"warmup", 4}}, {FORM("scaled")}},
    {{"long", "bounded", "OPT-18 DST-08", "131 steps.", 0},
     {{"steps", 131}, {"rate", 1}, {"width", 384}, {"warmup", 40}}, {FROM_ONE}},
    /* clang-format on */
};

void inverse_square_root_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_warmup", "noam", NUMBER_SET, "warmup", 0, NULL, 0, "A rise over no steps."},
        {"without_warmup", "scaled", NUMBER_GONE, "warmup", 0, NULL, 0,
         "A number without a default is not stated."},
        {"no_width", "noam", NUMBER_SET, "width", 0, NULL, 0, "The root of 0 divides."},
        {"without_width", "noam", NUMBER_GONE, "width", 0, NULL, 0,
         "A number without a default is not stated."},
        {"no_scale", "shifted", NUMBER_SET, "scale", 0, NULL, 0, "0 divides."},
        {"unknown_form", "noam", CHOICE_SET, "form", 0, "sideways", 0,
         "A convention that does not exist."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        schedule_row_add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
