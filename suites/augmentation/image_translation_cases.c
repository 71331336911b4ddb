// SPDX-License-Identifier: MIT
#include "image_cases.h"

static const int near_shifts[] = {1, -2, 0, 3, -1}, other_shifts[] = {-1, 0, 2, 1, -3, 1};
static const int far_shifts[] = {7, -5, 4}, none[] = {0};

static const struct row {
    struct image_row image;
    enum { NEAR, FAR, NONE } shifts;
} rows[] = {
    /* clang-format off */
    {{{"fill", "bounded", "REG-26 REG-35",
       "Shifts of all signs, none the same in both directions; the fill is not 0.", 0},
     .N = 5, .C = 2, .H = 4, .W = 5, .block = 2, .settings = "fill=0.25"}, NEAR},
    {{{"window", "bounded", "REG-26", "The window moves, so the contents go the other way.", 0},
     .N = 5, .C = 2, .H = 5, .W = 3, .block = 2, .settings = "sign=window fill=-1"}, NEAR},
    {{{"edge", "bounded", "REG-26", "The last pixel is repeated: it collects several gradients.",
       0},
     .N = 5, .C = 1, .H = 4, .W = 5, .block = 2, .settings = "border=edge"}, NEAR},
    {{{"reflect", "bounded", "REG-26", "Mirrored at the pixel, which stands once.", 0},
     .N = 5, .C = 2, .H = 4, .W = 5, .block = 2, .settings = "border=reflect"}, NEAR},
    {{{"symmetric", "bounded", "REG-26", "Mirrored at the edge, so its pixel stands twice.", 0},
     .N = 5, .C = 2, .H = 5, .W = 4, .block = 2, .settings = "border=symmetric"}, NEAR},
    {{{"wrap", "bounded", "REG-26", "What leaves comes back at the other side: no value is lost.",
       0},
     .N = 5, .C = 2, .H = 3, .W = 5, .block = 2, .settings = "border=wrap"}, NEAR},
    {{{"far_fill", "bounded", "REG-26", "Shifts larger than the image: nothing of it is left.", 0},
     .N = 3, .C = 1, .H = 3, .W = 4, .block = 1, .settings = "fill=0.5"}, FAR},
    {{{"far_reflect", "bounded", "REG-26",
       "Shifts beyond the mirror image, which is mirrored again.", 0},
     .N = 3, .C = 1, .H = 3, .W = 4, .block = 1, .settings = "border=reflect"}, FAR},
    {{{"far_symmetric", "bounded", "REG-26", "The same, mirrored at the edge.", 0},
     .N = 3, .C = 1, .H = 3, .W = 2, .block = 1, .settings = "border=symmetric"}, FAR},
    {{{"one_column", "bounded", "REG-26",
       "Images one pixel wide: reflect has nothing to mirror but that pixel.", 0},
     .N = 3, .C = 2, .H = 4, .W = 1, .block = 1, .settings = "border=reflect"}, NEAR},
    {{{"nothing_drawn", "bounded", "REG-26", "No shift: the identity.", 0},
     .N = 2, .C = 2, .H = 3, .W = 2, .block = 1, .settings = "border=wrap"}, NONE},
    {{{"digits", "exact", "REG-26 REG-33 DST-08",
       "Whole grey values in the border of which zeros are painted.", 0},
     .N = 7, .C = 1, .H = 6, .W = 6, .block = 2, .data = WHOLE_PIXELS, .settings = ""}, NEAR},
    {{{"forward_only", "bounded", "REG-26", "Without an upstream gradient.", 0},
     .N = 3, .C = 2, .H = 3, .W = 4, .block = 1, .settings = "border=symmetric", .forward_only = 1},
      NEAR},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"absurd_shift", "forward_only", ELEMENT_SET, "down", 5000, NULL, 1,
     "More pixels than an image can have here."},
    {"unknown_border", "forward_only", CHOICE_SET, "border", 0, "mirror", 0,
     "There are two mirrors, and this names neither."},
    {"unknown_sign", "forward_only", CHOICE_SET, "sign", 0, "camera", 0, "There is no such sign."},
    {"a_shift_too_few", "forward_only", INPUT_SHORTER, "right", 0, NULL, 0,
     "The last image has no shift."},
    {"no_shifts", "forward_only", INPUT_GONE, "down", 0, NULL, 0,
     "What was drawn belongs to the request."},
    /* clang-format on */
};

void image_translation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct image_row *is = &rows[i].image;
        struct assay_case *test = image_case(list, is);
        const int *down = rows[i].shifts == NEAR  ? near_shifts
                          : rows[i].shifts == FAR ? far_shifts
                                                  : none;
        size_t length = rows[i].shifts == NEAR ? 5 : rows[i].shifts == FAR ? 3 : 1;
        image_integers(test, "down", is->N, down, length);
        image_integers(test, "right", is->N, rows[i].shifts == NEAR ? other_shifts : down, length);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
