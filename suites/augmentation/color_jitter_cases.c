// SPDX-License-Identifier: MIT
#include "image_cases.h"

/* orders: the order of image n is number (first + n) modulo 6 of all; strength: how far the factors
 * are from 1. */
static const struct row {
    struct image_row image;
    size_t first;
    double strength;
} rows[] = {
    /* clang-format off */
    {{{"all_orders", "bounded", "REG-35 REG-33 REG-29",
       "Six images, six orders of the operations; nothing reaches a bound, so the order must not "
       "matter.", 0},
      .N = 6, .C = 3, .H = 2, .W = 3, .block = 2, .data = UNIT_PIXELS, .settings = ""}, 0, 0.05},
    {{{"clipped_after_each", "bounded", "REG-35 REG-29",
       "Clipped after every operation: what was lost does not come back.", 0},
      .N = 6, .C = 3, .H = 2, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = ""}, 0, 0.5},
    {{{"clipped_at_the_end", "bounded", "REG-35 REG-29", "The same with one clip at the end.", 0},
      .N = 6, .C = 3, .H = 2, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = "clip=last"}, 0,
       0.5},
    {{{"brightness_first", "bounded", "REG-35", "One image, in the order that everybody states.",
       0},
      .N = 1, .C = 3, .H = 3, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = ""}, 0, 0.4},
    {{{"saturation_first", "bounded", "REG-35",
       "Five images in blocks of two; the orders begin elsewhere.", 0},
      .N = 5, .C = 3, .H = 1, .W = 4, .block = 2, .data = UNIT_PIXELS, .settings = ""}, 4, 0.5},
    {{{"signed_pixels", "bounded", "REG-35",
       "Standardized images, many pixels below 0: clipped at the end.", 0},
      .N = 3, .C = 3, .H = 2, .W = 3, .block = 1, .data = SIGNED_PIXELS, .settings = "clip=last"},
       2, 0.4},
    {{{"identity", "exact", "REG-35", "All factors are 1.", 0},
      .N = 3, .C = 3, .H = 2, .W = 2, .block = 1, .data = EIGHTHS, .settings = ""}, 1, 0},
    {{{"forward_only", "bounded", "REG-35", "Without an upstream gradient.", 0},
      .N = 2, .C = 3, .H = 1, .W = 2, .block = 1, .data = UNIT_PIXELS, .settings = "",
       .forward_only = 1}, 3, 0.4},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"negative_brightness", "forward_only", ELEMENT_SET, "brightness", -0.5, NULL, 1,
     "Darker than black."},
    {"negative_contrast", "forward_only", ELEMENT_SET, "contrast", -1, NULL, 0,
     "Negatives are another operation."},
    {"operation_twice", "forward_only", ELEMENT_SET, "order", 1, NULL, 1,
     "One operation twice, another never."},
    {"unknown_operation", "forward_only", ELEMENT_SET, "order", 3, NULL, 5,
     "There is no operation 3."},
    {"two_channels", "forward_only", INPUT_SHORTER, "x", 0, NULL, 1,
     "Colours have three channels."},
    {"unknown_clip", "forward_only", CHOICE_SET, "clip", 0, "never", 0,
     "There is no such convention."},
    /* clang-format on */
};

void color_jitter_cases(struct case_list *list)
{
    static const int orders[6][3] = {{0, 1, 2}, {2, 0, 1}, {1, 2, 0},
                                     {1, 0, 2}, {2, 1, 0}, {0, 2, 1}};
    static const char *const names[] = {"brightness", "contrast", "saturation"};
    static const double factors[3][6] = {{0.6, 1, -0.7, 0.9, -0.4, 0.8},
                                         {1, -0.6, 0.7, 0.8, 1, -0.9},
                                         {-0.8, 0.9, 1, -0.5, 0.6, 0.7}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = image_case(list, &rows[i].image);
        size_t N = rows[i].image.N;
        int order[18];
        for (size_t k = 0; k < 3 * N; k++)
            order[k] = orders[(rows[i].first + k / 3) % 6][k % 3];
        case_integers(test, "order", DIMS(N, 3), order);
        for (size_t k = 0; k < 3; k++) {
            double factor[6];
            for (size_t n = 0; n < N; n++)
                factor[n] = 1 + rows[i].strength * factors[k][n];
            case_values(test, names[k], DIMS(N), factor);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
