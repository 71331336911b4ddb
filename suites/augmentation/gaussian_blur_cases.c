// SPDX-License-Identifier: MIT
#include "image_cases.h"

static const struct image_row rows[] = {
    /* clang-format off */
    {{"fill", "bounded", "REG-35 REG-33",
      "Beyond the border there is a constant; each image has a sigma of its own.", 0},
     .N = 5, .C = 2, .H = 4, .W = 3, .block = 2, .data = SIGNED_PIXELS,
      .settings = "height=3 width=3 fill=0.7"},
    {{"edge", "bounded", "REG-35",
      "The nearest pixel repeats, and gets its gradient several times.", 0},
     .N = 3, .C = 1, .H = 4, .W = 5, .block = 1, .data = SIGNED_PIXELS,
      .settings = "height=5 width=3 border=edge"},
    {{"reflect", "bounded", "REG-35", "Mirrored at the pixel, as torchvision and OpenCV do.", 0},
     .N = 3, .C = 1, .H = 4, .W = 5, .block = 2, .data = SIGNED_PIXELS,
      .settings = "height=3 width=5 border=reflect"},
    {{"symmetric", "bounded", "REG-35", "Mirrored at the edge, as SciPy does.", 0},
     .N = 2, .C = 2, .H = 3, .W = 4, .block = 1, .data = SIGNED_PIXELS,
      .settings = "height=3 width=5 border=symmetric"},
    {{"wrap", "bounded", "REG-35", "The image repeats.", 0},
     .N = 2, .C = 1, .H = 5, .W = 4, .block = 1, .data = SIGNED_PIXELS,
      .settings = "height=5 width=3 border=wrap"},
    {{"rows_alone", "bounded", "REG-35", "A kernel of one row: columns do not mix.", 0},
     .N = 3, .C = 1, .H = 3, .W = 6, .block = 1, .data = UNIT_PIXELS,
      .settings = "height=1 width=5 border=reflect"},
    {{"columns_alone", "bounded", "REG-35", "A kernel of one column: rows do not mix.", 0},
     .N = 3, .C = 1, .H = 6, .W = 3, .block = 1, .data = UNIT_PIXELS,
      .settings = "height=5 width=1"},
    {{"larger_than_the_image", "bounded", "REG-35",
      "A kernel that looks beyond both borders at once.", 0},
     .N = 2, .C = 1, .H = 2, .W = 3, .block = 1, .data = SIGNED_PIXELS,
      .settings = "height=7 width=9 border=reflect"},
    {{"sigma_by_size", "bounded", "REG-35",
      "Without a sigma the size of the kernel decides, in each direction.", 0},
     .N = 2, .C = 2, .H = 5, .W = 4, .block = 1, .data = SIGNED_PIXELS,
      .settings = "height=5 width=3 border=reflect"},
    {{"identity", "exact", "REG-35", "A kernel of one pixel changes nothing.", 0},
     .N = 3, .C = 1, .H = 2, .W = 3, .block = 1, .data = WHOLE_PIXELS,
      .settings = "height=1 width=1"},
    {{"forward_only", "bounded", "REG-35", "Without an upstream gradient.", 0},
     .N = 2, .C = 1, .H = 3, .W = 2, .block = 1, .data = UNIT_PIXELS,
      .settings = "height=3 width=3", .forward_only = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"sigma_of_zero", "forward_only", ELEMENT_SET, "sigma", 0, NULL, 1,
     "A density without a width."},
    {"sigma_negative", "forward_only", ELEMENT_SET, "sigma", -1, NULL, 0,
     "Its square would hide it."},
    {"even_height", "forward_only", NUMBER_SET, "height", 4, NULL, 0, "The kernel has no middle."},
    {"width_of_zero", "forward_only", NUMBER_SET, "width", 0, NULL, 0, "A kernel of nothing."},
    {"width_missing", "forward_only", NUMBER_GONE, "width", 0, NULL, 0,
     "How large the kernel is belongs to the request."},
    {"unknown_border", "forward_only", CHOICE_SET, "border", 0, "mirror", 0,
     "There is no such border."},
    /* clang-format on */
};

void gaussian_blur_cases(struct case_list *list)
{
    static const double sigma[] = {0.8, 1.4, 0.6, 2.5, 1.1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = image_case(list, &rows[i]);
        if (strcmp(rows[i].head.name, "sigma_by_size") != 0)
            case_values(test, "sigma", DIMS(rows[i].N), sigma);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
