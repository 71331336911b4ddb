// SPDX-License-Identifier: MIT
#include "image_cases.h"

static const struct image_row rows[] = {
    /* clang-format off */
    {{"add", "bounded", "REG-27 REG-35",
      "Some pixels are clipped at either end, and pass no gradient.", 0},
     .N = 4, .C = 3, .H = 3, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = ""},
    {{"add_not_clipped", "bounded", "REG-27", "The same without clipping: values leave [0, 1].", 0},
     .N = 4, .C = 2, .H = 3, .W = 4, .block = 1, .data = UNIT_PIXELS, .settings = "clip=no"},
    {{"multiply", "bounded", "REG-27",
      "A mixture with black, as torchvision has it: dark pixels change little.", 0},
     .N = 5, .C = 3, .H = 2, .W = 3, .block = 2, .data = UNIT_PIXELS,
      .settings = "method=multiply"},
    {{"multiply_not_clipped", "bounded", "REG-27", "Factors without clipping, and negative pixels.",
      0},
     .N = 5, .C = 2, .H = 2, .W = 3, .block = 2, .data = SIGNED_PIXELS,
      .settings = "method=multiply clip=no"},
    {{"other_range", "bounded", "REG-27", "Pixels that are clipped to [-1, 1.25], not to [0, 1].",
      0},
     .N = 4, .C = 2, .H = 3, .W = 3, .block = 1, .data = SIGNED_PIXELS,
      .settings = "low=-1 high=1.25"},
    {{"grey_image", "bounded", "REG-27", "One channel.", 0},
     .N = 5, .C = 1, .H = 3, .W = 4, .block = 2, .data = UNIT_PIXELS, .settings = ""},
    {{"exact", "exact", "REG-27 DST-02",
      "Eighths: some results are exactly 0 or 1, which pass no gradient.", 0},
     .N = 4, .C = 3, .H = 3, .W = 2, .block = 1, .data = EIGHTHS, .settings = ""},
    {{"exact_multiply", "exact", "REG-27 DST-02", "Eighths times halves and quarters.", 0},
     .N = 4, .C = 2, .H = 3, .W = 3, .block = 1, .data = EIGHTHS, .settings = "method=multiply"},
    {{"one_pixel", "bounded", "REG-27", "One pixel an image.", 0},
     .N = 3, .C = 1, .H = 1, .W = 1, .block = 1, .data = UNIT_PIXELS,
      .settings = "method=multiply"},
    {{"forward_only", "bounded", "REG-27", "Without an upstream gradient.", 0},
     .N = 4, .C = 2, .H = 2, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = "",
      .forward_only = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"negative_factor", "one_pixel", ELEMENT_SET, "factor", -0.5, NULL, 2,
     "There is no light below black."},
    {"reversed_range", "one_pixel", NUMBER_SET, "high", -1, NULL, 0,
     "Everything would be clipped."},
    {"unknown_method", "one_pixel", CHOICE_SET, "method", 0, "gamma", 0,
     "There is no such method."},
    {"unknown_clip", "one_pixel", CHOICE_SET, "clip", 0, "wrap", 0, "There is no such clipping."},
    {"a_factor_too_few", "one_pixel", INPUT_SHORTER, "factor", 0, NULL, 0,
     "The last image has no factor."},
    /* clang-format on */
};

void brightness_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = image_case(list, &rows[i]);
        static const double add[] = {0.25, -0.375, 0.5, -0.125, 0.0625};
        static const double times[] = {0.5, 1.5, 0.25, 1.25, 2};
        const char *method = assay_case_choice(test, "method", "add");
        case_values(test, "factor", DIMS(rows[i].N), strcmp(method, "add") == 0 ? add : times);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
