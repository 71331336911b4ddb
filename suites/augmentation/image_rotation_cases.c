// SPDX-License-Identifier: MIT
#include "image_cases.h"

static const double mixed[] = {15, -30, 100.5, 7.25}, quarters[] = {90, -90, 180, 270, 0, -360};
static const double radians[] = {0.25, -1.5, 2.75}, whole_turns[] = {0, 360};

static const struct row {
    struct image_row image;
    const double *angle;
    size_t angles;
} rows[] = {
    /* clang-format off */
    {{{"degrees", "bounded", "REG-22 REG-35",
       "Angles of both signs and beyond 90 degrees; the fill is not 0.", 0},
     .N = 4, .C = 2, .H = 4, .W = 3, .block = 1, .settings = "fill=0.25"}, mixed, 4},
    {{{"radians", "bounded", "REG-22",
       "Angles in radians: as degrees they would be almost nothing.", 0},
     .N = 3, .C = 1, .H = 4, .W = 5, .block = 1, .settings = "units=radians fill=0.5"}, radians, 3},
    {{{"clockwise", "bounded", "REG-22", "The other direction.", 0},
     .N = 3, .C = 1, .H = 5, .W = 4, .block = 1, .settings = "direction=clockwise"}, mixed, 4},
    {{{"corner", "bounded", "REG-22",
       "The centre H / 2, W / 2 of a widespread example: half a pixel off.", 0},
     .N = 3, .C = 1, .H = 4, .W = 5, .block = 1, .settings = "centre=corner"}, mixed, 4},
    {{{"edge", "bounded", "REG-22", "Corners repeat the edge.", 0},
     .N = 3, .C = 1, .H = 3, .W = 5, .block = 1, .settings = "border=edge"}, mixed, 4},
    {{{"reflect", "bounded", "REG-22", "Corners are mirrored at the pixel.", 0},
     .N = 2, .C = 1, .H = 3, .W = 6, .block = 1, .settings = "border=reflect"}, mixed, 4},
    {{{"symmetric", "bounded", "REG-22", "Corners are mirrored at the edge.", 0},
     .N = 2, .C = 1, .H = 3, .W = 6, .block = 1, .settings = "border=symmetric"}, mixed, 4},
    {{{"wrap", "bounded", "REG-22", "Corners come from the other side.", 0},
     .N = 2, .C = 1, .H = 4, .W = 5, .block = 1, .settings = "border=wrap"}, mixed, 4},
    {{{"nearest", "bounded", "REG-22", "The nearest pixel, no mixture.", 0},
     .N = 4, .C = 1, .H = 4, .W = 5, .block = 1, .settings = "interpolation=nearest fill=3"}, mixed,
      4},
    {{{"quarter_turns", "exact", "REG-22",
       "Square images, whole quarter turns: a permutation without rounding.", 0},
     .N = 6, .C = 1, .H = 4, .W = 4, .block = 2, .data = WHOLE_PIXELS, .settings = "fill=0.5"},
      quarters, 6},
    {{{"quarter_turns_nearest", "exact", "REG-22",
       "The same by the nearest pixel, odd and not square: the ends are cut off.", 0},
     .N = 6, .C = 1, .H = 3, .W = 5, .block = 2, .data = WHOLE_PIXELS,
      .settings = "interpolation=nearest"}, quarters, 6},
    {{{"identity", "exact", "REG-22", "No turn, or a whole one.", 0},
     .N = 2, .C = 2, .H = 3, .W = 2, .block = 1, .data = WHOLE_PIXELS, .settings = "border=wrap"},
      whole_turns, 2},
    {{{"one_pixel", "bounded", "REG-22", "One pixel stays whatever the angle.", 0},
     .N = 2, .C = 1, .H = 1, .W = 1, .block = 1, .settings = ""}, mixed, 4},
    {{{"forward_only", "bounded", "REG-22", "Without an upstream gradient.", 0},
     .N = 2, .C = 1, .H = 4, .W = 3, .block = 1, .settings = "", .forward_only = 1}, mixed, 4},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"beyond_a_turn", "one_pixel", ELEMENT_SET, "angle", 400, NULL, 1,
     "More than a whole turn: a unit was confused."},
    {"degrees_as_radians", "radians", ELEMENT_SET, "angle", 90, NULL, 0,
     "90 radians are meant as degrees."},
    {"unknown_units", "one_pixel", CHOICE_SET, "units", 0, "gons", 0, "There are no such units."},
    {"unknown_interpolation", "one_pixel", CHOICE_SET, "interpolation", 0, "bicubic", 0,
     "Not defined here."},
    {"unknown_border", "one_pixel", CHOICE_SET, "border", 0, "mirror", 0,
     "There are two mirrors, and this names neither."},
    {"an_angle_too_few", "one_pixel", INPUT_SHORTER, "angle", 0, NULL, 0,
     "The last image has no angle."},
    /* clang-format on */
};

void image_rotation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct image_row *is = &rows[i].image;
        double angle[64];
        struct assay_case *test = image_case(list, is);
        for (size_t n = 0; n < is->N; n++)
            angle[n] = rows[i].angle[n % rows[i].angles];
        case_values(test, "angle", DIMS(is->N), angle);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
