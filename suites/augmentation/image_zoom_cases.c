// SPDX-License-Identifier: MIT
#include "image_cases.h"

static const struct image_row rows[] = {
    /* clang-format off */
    {{"larger", "bounded", "REG-25 REG-35",
      "From 3 x 4 to 5 x 7: no position is whole but the middle ones.", 0},
     .N = 3, .C = 2, .H = 3, .W = 4, .block = 1, .P = 5, .Q = 7, .settings = "height=5 width=7"},
    {{"larger_align_corners", "bounded", "REG-25",
      "The same with the corners in place: another step between pixels.", 0},
     .N = 3, .C = 2, .H = 3, .W = 4, .block = 1, .P = 5, .Q = 8,
      .settings = "height=5 width=8 coordinates=align_corners"},
    {{"larger_asymmetric", "bounded", "REG-25",
      "The same from the first pixel on: the last ones repeat the edge.", 0},
     .N = 3, .C = 2, .H = 3, .W = 4, .block = 1, .P = 5, .Q = 7,
      .settings = "height=5 width=7 coordinates=asymmetric"},
    {{"smaller", "bounded", "REG-25",
      "From 5 x 7 to 3 x 2 without antialiasing: pixels are skipped and get no gradient.", 0},
     .N = 3, .C = 1, .H = 5, .W = 7, .block = 1, .P = 3, .Q = 2, .settings = "height=3 width=2"},
    {{"smaller_align_corners", "bounded", "REG-25", "The same with the corners in place.", 0},
     .N = 3, .C = 1, .H = 6, .W = 7, .block = 1, .P = 4, .Q = 3,
      .settings = "height=4 width=3 coordinates=align_corners"},
    {{"smaller_asymmetric", "bounded", "REG-25", "The same from the first pixel on.", 0},
     .N = 3, .C = 1, .H = 5, .W = 7, .block = 1, .P = 3, .Q = 4,
      .settings = "height=3 width=4 coordinates=asymmetric"},
    {{"nearest", "bounded", "REG-25", "The nearest pixel; no position lies between two.", 0},
     .N = 3, .C = 2, .H = 3, .W = 5, .block = 1, .P = 5, .Q = 7,
      .settings = "height=5 width=7 interpolation=nearest"},
    {{"nearest_smaller", "bounded", "REG-25", "The nearest pixel of a larger image.", 0},
     .N = 3, .C = 1, .H = 7, .W = 5, .block = 1, .P = 5, .Q = 3,
      .settings = "height=5 width=3 interpolation=nearest"},
    {{"one_row", "bounded", "REG-25",
      "To one row: align_corners takes the first, half_pixel the middle.", 0},
     .N = 3, .C = 1, .H = 4, .W = 3, .block = 1, .P = 1, .Q = 5,
      .settings = "height=1 width=5 coordinates=align_corners"},
    {{"one_pixel_wide", "bounded", "REG-25",
      "An image of one column: every position is that pixel.", 0},
     .N = 3, .C = 1, .H = 3, .W = 1, .block = 1, .P = 4, .Q = 3, .settings = "height=4 width=3"},
    {{"twice", "exact", "REG-25 DST-02", "Exactly twice: weights 1/4 and 3/4.", 0},
     .N = 3, .C = 1, .H = 3, .W = 4, .block = 1, .P = 6, .Q = 8, .data = WHOLE_PIXELS,
      .settings = "height=6 width=8"},
    {{"identity", "exact", "REG-25", "The size stays, and so does the image.", 0},
     .N = 2, .C = 2, .H = 4, .W = 2, .block = 1, .data = WHOLE_PIXELS,
      .settings = "height=4 width=2"},
    {{"forward_only", "bounded", "REG-25", "Without an upstream gradient.", 0},
     .N = 2, .C = 1, .H = 3, .W = 2, .block = 1, .P = 4, .Q = 5, .settings = "height=4 width=5",
      .forward_only = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_height", "forward_only", NUMBER_SET, "height", 0, NULL, 0, "An image of no pixels."},
    {"half_a_width", "forward_only", NUMBER_SET, "width", 2.5, NULL, 0, "Pixels are whole."},
    {"height_missing", "forward_only", NUMBER_GONE, "height", 0, NULL, 0,
     "The size belongs to the request."},
    {"unknown_coordinates", "forward_only", CHOICE_SET, "coordinates", 0, "tf_crop", 0,
     "Not defined here."},
    {"unknown_interpolation", "forward_only", CHOICE_SET, "interpolation", 0, "bicubic", 0,
     "Not defined here."},
    {"no_images", "forward_only", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to resample."},
    /* clang-format on */
};

void image_zoom_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        image_case(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
