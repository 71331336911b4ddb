// SPDX-License-Identifier: MIT
#include "../case_builder.h"

struct setting {
    size_t N, C, H, W, block;
    int tallest, widest, centre, dyadic, forward_only;
    double fill;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"corner", "bounded", "REG-30 REG-35",
      "Boxes from a corner, some beyond the border; no two sizes alike.", 0},
     {.N = 7, .C = 2, .H = 5, .W = 4, .block = 2, .tallest = 4, .widest = 3, .fill = 0.5}},
    {{"centre", "bounded", "REG-30",
      "Boxes of odd and even sizes around a centre, cut off at all borders.", 0},
     {.N = 9, .C = 2, .H = 4, .W = 5, .block = 2, .tallest = 4, .widest = 5, .centre = 1,
      .fill = -0.75}},
    {{"zeros", "bounded", "REG-30", "Painted with 0, as by default.", 0},
     {.N = 5, .C = 3, .H = 4, .W = 3, .block = 2, .tallest = 3, .widest = 3}},
    {{"square", "bounded", "REG-30", "Square images with boxes that are not.", 0},
     {.N = 4, .C = 3, .H = 4, .W = 4, .block = 1, .tallest = 2, .widest = 4, .fill = 3}},
    {{"beyond_the_border", "bounded", "REG-30", "Boxes larger than the image.", 0},
     {.N = 3, .C = 1, .H = 3, .W = 4, .block = 1, .tallest = 9, .widest = 2, .centre = 1,
      .fill = 2}},
    {{"digits", "exact", "REG-30 REG-33 DST-08", "13 digits of 8 x 8 pixels: a cutout of them.", 0},
     {.N = 13, .C = 1, .H = 8, .W = 8, .block = 2, .tallest = 5, .widest = 4, .centre = 1,
      .dyadic = 1, .fill = 8}},
    {{"forward_only", "bounded", "REG-30", "Without an upstream gradient.", 0},
     {.N = 4, .C = 2, .H = 3, .W = 2, .block = 1, .tallest = 2, .widest = 2, .forward_only = 1,
      .fill = 1.5}},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"below_the_image", "forward_only", ELEMENT_SET, "row", 3, NULL, 1,
     "The box begins below its image."},
    {"before_the_image", "forward_only", ELEMENT_SET, "column", -1, NULL, 0,
     "The box begins before its image."},
    {"height_negative", "forward_only", ELEMENT_SET, "height", -1, NULL, 0,
     "A box of less than nothing."},
    {"unknown_anchor", "forward_only", CHOICE_SET, "anchor", 0, "middle", 0,
     "There is no such anchor."},
    {"a_box_too_few", "forward_only", INPUT_SHORTER, "width", 0, NULL, 0,
     "The last image has no box."},
    {"width_negative", "forward_only", ELEMENT_SET, "width", -2, NULL, 1,
     "A box turned around counts a negative area."},
    {"upstream_short", "square", INPUT_SHORTER, "dy", 0, NULL, 2,
     "A gradient of lower images slides into the next channel."},
    /* clang-format on */
};

void random_erasing_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        struct dims dims = DIMS(is->N, is->C, is->H, is->W);
        case_number(test, "block", (double)is->block);
        case_number(test, "fill", is->fill);
        if (is->centre)
            case_choice(test, "anchor", "centre");
        if (is->dyadic)
            case_dyadic(test, "x", dims, 1, 16, 1);
        else
            case_signed(test, "x", dims, 0.5, 2);
        case_labels(test, "row", is->N, (int)is->H);
        case_labels(test, "column", is->N, (int)is->W);
        case_labels(test, "height", is->N, is->tallest + 1);
        case_labels(test, "width", is->N, is->widest + 1);
        double *height = case_input(test, "height"), *width = case_input(test, "width");
        height[0] = is->tallest; /* one box at least */
        width[0] = is->widest;
        if (!is->forward_only)
            case_signed(test, "dy", dims, 0.5, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
