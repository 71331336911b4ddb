// SPDX-License-Identifier: MIT
#include "image_cases.h"

static const struct image_row rows[] = {
    /* clang-format off */
    {{"blend", "bounded", "REG-29 REG-35",
      "Between grey and more than the image, without clipping.", 0},
     .N = 4, .C = 3, .H = 3, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = "clip=no"},
    {{"blend_clipped", "bounded", "REG-29",
      "Clipped channels pass no gradient, the others of the pixel do.", 0},
     .N = 5, .C = 3, .H = 2, .W = 3, .block = 2, .data = UNIT_PIXELS, .settings = ""},
    {{"blend_other_range", "bounded", "REG-29", "Clipped to [-1, 1.25].", 0},
     .N = 4, .C = 3, .H = 2, .W = 3, .block = 1, .data = SIGNED_PIXELS,
      .settings = "low=-1 high=1.25"},
    {{"hue", "bounded", "REG-29", "Hue turned and saturation scaled in YIQ, without clipping.", 0},
     .N = 5, .C = 3, .H = 2, .W = 3, .block = 1, .data = UNIT_PIXELS,
      .settings = "method=yiq clip=no"},
    {{"hue_clipped", "bounded", "REG-29", "The same with clipping.", 0},
     .N = 5, .C = 3, .H = 3, .W = 2, .block = 2, .data = UNIT_PIXELS, .settings = "method=yiq"},
    {{"hue_of_one", "bounded", "REG-29", "One pixel, one image: a single colour is turned.", 0},
     .N = 1, .C = 3, .H = 1, .W = 1, .block = 1, .data = UNIT_PIXELS,
      .settings = "method=yiq clip=no"},
    {{"digits_in_colour", "bounded", "REG-29", "33 pixels a channel, in blocks of 2 images.", 0},
     .N = 3, .C = 3, .H = 3, .W = 11, .block = 2, .data = UNIT_PIXELS, .settings = "clip=no"},
    {{"forward_only", "bounded", "REG-29", "Without an upstream gradient.", 0},
     .N = 2, .C = 3, .H = 2, .W = 1, .block = 1, .data = UNIT_PIXELS,
      .settings = "method=yiq clip=no", .forward_only = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"negative_factor", "forward_only", ELEMENT_SET, "factor", -0.5, NULL, 1,
     "Less than grey there is not."},
    {"more_than_half_a_turn", "forward_only", ELEMENT_SET, "hue", 30, NULL, 0,
     "Degrees are taken for turns."},
    {"hue_missing", "forward_only", INPUT_GONE, "hue", 0, NULL, 0,
     "How far the hue turns belongs to the request."},
    {"two_channels", "forward_only", INPUT_SHORTER, "x", 0, NULL, 1,
     "Colours have three channels."},
    {"reversed_range", "forward_only", NUMBER_SET, "high", -1, NULL, 0,
     "Everything would be clipped."},
    {"unknown_method", "forward_only", CHOICE_SET, "method", 0, "lab", 0,
     "There is no such method."},
    /* clang-format on */
};

void saturation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = image_case(list, &rows[i]);
        static const double factor[] = {0.5, 1.75, 0, 1.25, 0.75},
                            hue[] = {0.125, -0.3, 0.45, 0.0625, -0.2};
        case_values(test, "factor", DIMS(rows[i].N), factor);
        if (strcmp(assay_case_choice(test, "method", "blend"), "yiq") == 0)
            case_values(test, "hue", DIMS(rows[i].N), hue);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
