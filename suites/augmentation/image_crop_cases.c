// SPDX-License-Identifier: MIT
#include "image_cases.h"

/* Windows at row + 0..room, drawn with the image's random data. */
static const struct image_row rows[] = {
    /* clang-format off */
    {{"inside", "bounded", "REG-23 REG-35",
      "A window of 2 x 3 at another place in every image; all sizes differ.", 0},
     .N = 5, .C = 2, .H = 4, .W = 5, .block = 2, .P = 2, .Q = 3, .settings = "height=2 width=3"},
    {{"tall", "bounded", "REG-23", "A window taller than wide in images wider than tall.", 0},
     .N = 3, .C = 2, .H = 4, .W = 6, .block = 2, .P = 3, .Q = 1, .settings = "height=3 width=1"},
    {{"padded", "bounded", "REG-23",
      "Padded by 1 and cut to the old size, as is done with CIFAR by 4; the fill is not 0.", 0},
     .N = 5, .C = 2, .H = 4, .W = 3, .block = 2, .P = 4, .Q = 3,
      .settings = "height=4 width=3 padding=1 fill=0.25"},
    {{"padded_edge", "bounded", "REG-23", "The padding repeats the edge, which collects gradients.",
      0},
     .N = 3, .C = 1, .H = 4, .W = 4, .block = 2, .P = 5, .Q = 4,
      .settings = "height=5 width=4 padding=2 border=edge"},
    {{"padded_reflect", "bounded", "REG-23", "The padding mirrors at the pixel.", 0},
     .N = 3, .C = 1, .H = 4, .W = 5, .block = 2, .P = 4, .Q = 5,
      .settings = "height=4 width=5 padding=2 border=reflect"},
    {{"padded_symmetric", "bounded", "REG-23", "The padding mirrors at the edge.", 0},
     .N = 3, .C = 1, .H = 4, .W = 5, .block = 2, .P = 5, .Q = 4,
      .settings = "height=5 width=4 padding=2 border=symmetric"},
    {{"padded_wrap", "bounded", "REG-23", "The padding is the other side of the image.", 0},
     .N = 5, .C = 1, .H = 3, .W = 4, .block = 2, .P = 5, .Q = 6,
      .settings = "height=5 width=6 padding=2 border=wrap"},
    {{"whole", "bounded", "REG-23", "A window of the image's size without padding: the identity.",
      0},
     .N = 3, .C = 2, .H = 3, .W = 2, .block = 1, .P = 3, .Q = 2, .settings = "height=3 width=2"},
    {{"one_pixel", "bounded", "REG-23", "One pixel of each image.", 0},
     .N = 4, .C = 1, .H = 3, .W = 2, .block = 2, .P = 1, .Q = 1, .settings = "height=1 width=1"},
    {{"digits", "exact", "REG-23 REG-33 DST-08", "Whole grey values, padded by zeros.", 0},
     .N = 9, .C = 1, .H = 5, .W = 5, .block = 2, .P = 5, .Q = 5, .data = WHOLE_PIXELS,
      .settings = "height=5 width=5 padding=1"},
    {{"forward_only", "bounded", "REG-23", "Without an upstream gradient.", 0},
     .N = 3, .C = 2, .H = 4, .W = 3, .block = 1, .P = 2, .Q = 2, .settings = "height=2 width=2",
      .forward_only = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"beyond_the_bottom", "one_pixel", ELEMENT_SET, "row", 3, NULL, 3,
     "The last window ends below its image."},
    {"beyond_the_right", "one_pixel", ELEMENT_SET, "column", 2, NULL, 0,
     "The first window ends beyond its image."},
    {"before_the_image", "one_pixel", ELEMENT_SET, "row", -1, NULL, 0, "A window above its image."},
    {"no_height", "one_pixel", NUMBER_SET, "height", 0, NULL, 0, "A window of no pixels."},
    {"half_a_width", "one_pixel", NUMBER_SET, "width", 2.5, NULL, 0, "Pixels are not cut."},
    {"negative_padding", "one_pixel", NUMBER_SET, "padding", -1, NULL, 0,
     "Padding takes nothing away."},
    {"height_missing", "one_pixel", NUMBER_GONE, "height", 0, NULL, 0,
     "How large the window is belongs to the request."},
    {"unknown_border", "one_pixel", CHOICE_SET, "border", 0, "mirror", 0,
     "There are two mirrors, and this names neither."},
    {"a_place_too_few", "one_pixel", INPUT_SHORTER, "column", 0, NULL, 0,
     "The last image has no window."},
    /* clang-format on */
};

void image_crop_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct image_row *is = &rows[i];
        struct assay_case *test = image_case(list, is);
        size_t padding = (size_t)assay_case_number(test, "padding", 0);
        case_labels(test, "row", is->N, (int)(is->H + 2 * padding - is->P) + 1);
        case_labels(test, "column", is->N, (int)(is->W + 2 * padding - is->Q) + 1);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
