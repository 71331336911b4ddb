// SPDX-License-Identifier: MIT
#include "mask_cases.h"

static const struct refusal of_uniforms[] = {
    /* clang-format off */
    {"p_above_one", NULL, NUMBER_SET, "p", 1.5, NULL, 0,
     "A rate of 3/2 makes the scale 1 / (1 - p) negative, and nothing else would show it."},
    {"p_negative", NULL, NUMBER_SET, "p", -0.25, NULL, 0,
     "A negative rate keeps every unit and shrinks it."},
    {"p_missing", NULL, NUMBER_GONE, "p", 0, NULL, 0,
     "There is no rate that everybody would take for granted."},
    {"uniform_of_one", NULL, ELEMENT_SET, "u", 1, NULL, 0,
     "A uniform number of 1 is not below 1: the generator's interval is closed, and the rates "
      "differ."},
    {"uniform_negative", NULL, ELEMENT_SET, "u", -0.5, NULL, 0,
     "Numbers from -1 to 1 drop far more units than the rate says."},
    {"uniforms_missing", NULL, INPUT_GONE, "u", 0, NULL, 0,
     "Neither mask nor uniform numbers: what is kept would be anybody's guess."},
    {"uniforms_short", NULL, INPUT_SHORTER, "u", 0, NULL, 1,
     "A uniform number too few a sample: read on, all later samples get each other's."},
    /* clang-format on */
};

static const struct refusal of_masks[] = {
    /* clang-format off */
    {"mask_of_two", NULL, ELEMENT_SET, "mask", 2, NULL, 0,
     "A mask is multiplied with in one library and asked whether it is 0 in another."},
    {"mask_short", NULL, INPUT_SHORTER, "mask", 0, NULL, 0,
     "The last sample has no mask."},
    /* clang-format on */
};

static void append(struct case_list *list, const struct refusal *rows, size_t count,
                   const char *like)
{
    for (size_t i = 0; i < count; i++) {
        struct refusal row = rows[i];
        row.like = like;
        case_refusals(list, &row, 1);
    }
}

void mask_refusals(struct case_list *list, const char *from_uniforms, const char *from_mask)
{
    append(list, of_uniforms, sizeof of_uniforms / sizeof *of_uniforms, from_uniforms);
    if (from_mask)
        append(list, of_masks, sizeof of_masks / sizeof *of_masks, from_mask);
}
