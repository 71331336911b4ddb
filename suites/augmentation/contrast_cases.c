// SPDX-License-Identifier: MIT
#include "image_cases.h"

static const struct image_row rows[] = {
    /* clang-format off */
    {{"image", "bounded", "REG-28 REG-35", "One mean for all channels, whose own means differ.", 0},
     .N = 4, .C = 3, .H = 3, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = "clip=no"},
    {{"channel", "bounded", "REG-28", "Each channel about its own mean, as in TensorFlow.", 0},
     .N = 4, .C = 3, .H = 2, .W = 3, .block = 1, .data = UNIT_PIXELS,
      .settings = "mean=channel clip=no"},
    {{"grey", "bounded", "REG-28", "About the mean of the grey image, as in torchvision.", 0},
     .N = 4, .C = 3, .H = 2, .W = 3, .block = 1, .data = UNIT_PIXELS,
      .settings = "mean=grey clip=no"},
    {{"clipped", "bounded", "REG-28", "Clipped pixels give no gradient, to the mean neither.", 0},
     .N = 5, .C = 2, .H = 3, .W = 4, .block = 2, .data = UNIT_PIXELS, .settings = ""},
    {{"clipped_channel", "bounded", "REG-28", "The same for means of channels.", 0},
     .N = 5, .C = 2, .H = 3, .W = 3, .block = 2, .data = UNIT_PIXELS, .settings = "mean=channel"},
    {{"clipped_grey", "bounded", "REG-28", "The same for the mean of the grey image.", 0},
     .N = 5, .C = 3, .H = 3, .W = 2, .block = 2, .data = UNIT_PIXELS, .settings = "mean=grey"},
    {{"other_range", "bounded", "REG-28", "Clipped to [-1, 1.25]; the mean is near 0.", 0},
     .N = 4, .C = 2, .H = 3, .W = 3, .block = 1, .data = SIGNED_PIXELS,
      .settings = "low=-1 high=1.25"},
    {{"exact", "exact", "REG-28 DST-02", "16 eighths: the mean is exact, and factor 2 is.", 0},
     .N = 4, .C = 1, .H = 4, .W = 4, .block = 1, .data = EIGHTHS, .settings = "clip=no"},
    {{"one_pixel", "bounded", "REG-28", "One pixel is its own mean and stays.", 0},
     .N = 3, .C = 1, .H = 1, .W = 1, .block = 1, .data = UNIT_PIXELS, .settings = ""},
    {{"forward_only", "bounded", "REG-28", "Without an upstream gradient.", 0},
     .N = 4, .C = 2, .H = 2, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = "",
      .forward_only = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"negative_factor", "one_pixel", ELEMENT_SET, "factor", -0.5, NULL, 2,
     "A negative image is no contrast."},
    {"reversed_range", "one_pixel", NUMBER_SET, "high", -1, NULL, 0,
     "Everything would be clipped."},
    {"grey_of_one_channel", "one_pixel", CHOICE_SET, "mean", 0, "grey", 0,
     "Grey is made of three colours."},
    {"unknown_mean", "forward_only", CHOICE_SET, "mean", 0, "median", 0, "There is no such mean."},
    {"a_factor_too_few", "one_pixel", INPUT_SHORTER, "factor", 0, NULL, 0,
     "The last image has no factor."},
    /* clang-format on */
};

void contrast_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = image_case(list, &rows[i]);
        static const double factor[] = {0.5, 2, 1.5, 0.25, 3};
        case_values(test, "factor", DIMS(rows[i].N), factor);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
