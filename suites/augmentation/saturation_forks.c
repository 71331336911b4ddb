// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/colour.h"
#include "../fork.h"

enum {
    BY_MATRIX,
    MODERN_WEIGHTS,
    EQUAL_WEIGHTS,
    GREY_IS_CONSTANT,
    FIRST_FOR_ALL,
    CLIPPED_GRADIENT,
    COUNTERTURN,
    HUE_IN_RADIANS,
    HUE_IGNORED,
    FACTOR_IGNORED,
    CHANNELS_REVERSED,
    NOT_TRANSPOSED
};

static const real to_yiq[3][3] = {{R(0.299), R(0.587), R(0.114)},
                                  {R(0.5959), R(-0.2746), R(-0.3213)},
                                  {R(0.2115), R(-0.5227), R(0.3112)}};
static const real to_rgb[3][3] = {
    {1, R(0.956), R(0.619)}, {1, R(-0.272), R(-0.647)}, {1, R(-1.106), R(1.703)}};

/* The whole change as one matrix. */
static void matrix_of(real m[3][3], int yiq, int variant, real f, real hue)
{
    static const real modern[3] = {R(0.2126), R(0.7152), R(0.0722)};
    real angle =
        hue * (variant == HUE_IN_RADIANS ? 1 : 2 * R(3.14159265358979323846264338327950288));
    real s = variant == HUE_IGNORED ? 0 : real_sin(angle),
         c = variant == HUE_IGNORED ? 1 : real_cos(angle);
    if (variant == COUNTERTURN)
        s = -s;
    real turn[3][3] = {{1, 0, 0}, {0, f * c, -f * s}, {0, f * s, f * c}};
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++) {
            real grey = variant == MODERN_WEIGHTS  ? modern[j]
                        : variant == EQUAL_WEIGHTS ? 1 / R(3.0)
                                                   : to_yiq[0][j];
            m[i][j] = yiq ? 0 : (1 - f) * grey + (i == j ? f : 0);
            for (size_t k = 0; yiq && k < 9; k++)
                m[i][j] += to_rgb[i][k / 3] * turn[k / 3][k % 3] * to_yiq[k % 3][j];
        }
    }
}

static void rival(struct call *call)
{
    static const char *const methods[] = {"blend", "yiq", NULL};
    int yiq = call_choice(call, "method", methods), variant = call_variant(call);
    struct colour is = colour_read(call);
    if (is.C != 3)
        call_fail(call, "input 'x' must have three channels");
    const real *hue = yiq ? call_input(call, "hue", "N") : NULL;
    for (size_t k = 0; k < is.N * is.pixels; k++) {
        size_t n = k / is.pixels, at = n * 3 * is.pixels + k % is.pixels,
               from = variant == FIRST_FOR_ALL ? 0 : n;
        real m[3][3], f = variant == FACTOR_IGNORED ? 1 : is.factor[from];
        matrix_of(m, yiq, variant, f, yiq ? hue[from] : 0);
        for (size_t i = 0; i < 3; i++) {
            real v = 0;
            for (size_t j = 0; j < 3; j++)
                v += m[i][variant == CHANNELS_REVERSED ? 2 - j : j] *
                     is.x[at + (variant == CHANNELS_REVERSED ? 2 - j : j) * is.pixels];
            if (variant == CHANNELS_REVERSED)
                v = v + (m[i][0] - m[i][2]) * (is.x[at + 2 * is.pixels] - is.x[at]);
            int low = is.clip && v <= is.low, high = is.clip && v >= is.high;
            is.y[at + i * is.pixels] = low ? is.low : high ? is.high : v;
            real p = (low || high) && variant != CLIPPED_GRADIENT ? 0 : is.dy[at + i * is.pixels];
            for (size_t j = 0; j < 3; j++) {
                real slope = variant == NOT_TRANSPOSED ? m[j][i] : m[i][j];
                if (variant == GREY_IS_CONSTANT && !yiq)
                    slope = i == j ? f : 0;
                is.dx[at + j * is.pixels] += slope * p;
            }
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_one_matrix", FORK_TWIN, "", "The whole change as one matrix for each image.",
     NULL}, .answer = rival, .variant = BY_MATRIX},
    {.info = {"modern_weights", FORK_CONVENTION, "", "Grey by BT.709 instead of BT.601.", NULL},
     .answer = rival, .variant = MODERN_WEIGHTS},
    {.info = {"equal_weights", FORK_CONVENTION, "", "Grey is the plain mean of the channels.",
     NULL}, .answer = rival, .variant = EQUAL_WEIGHTS},
    {.info = {"channels_reversed", FORK_BUG, "", "Blue, green, red: OpenCV's order.", NULL},
     .answer = rival, .variant = CHANNELS_REVERSED},
    {.info = {"grey_is_constant", FORK_BUG, "", "The grey image is detached.", NULL},
     .answer = rival, .variant = GREY_IS_CONSTANT},
    {.info = {"gradient_not_transposed", FORK_BUG, "",
     "The gradient goes forwards through the map.", NULL}, .answer = rival,
     .variant = NOT_TRANSPOSED},
    {.info = {"gradient_through_the_bounds", FORK_BUG, "", "Clipped channels pass their gradient.",
     NULL}, .answer = rival, .variant = CLIPPED_GRADIENT},
    {.info = {"first_image_for_all", FORK_CONVENTION, "",
     "All images share what was drawn for the first.", NULL}, .answer = rival,
     .variant = FIRST_FOR_ALL},
    {.info = {"turned_the_other_way", FORK_CONVENTION, "", "The hue turns the other way.", NULL},
     .answer = rival, .variant = COUNTERTURN},
    {.info = {"hue_in_radians", FORK_CONVENTION, "", "Turns are taken for radians.", NULL},
     .answer = rival, .variant = HUE_IN_RADIANS},
    {.info = {"hue_ignored", FORK_BUG, "", "The hue stays.", NULL}, .answer = rival,
     .variant = HUE_IGNORED},
    {.info = {"factor_ignored", FORK_BUG, "", "The saturation stays.", NULL}, .answer = rival,
     .variant = FACTOR_IGNORED},
    {.info = {"never_clipped", FORK_CONVENTION, "", "Nothing is clipped.", NULL},
     .instead = {"clip", "no"}},
    {.info = {"always_clipped", FORK_CONVENTION, "", "Clipped whatever is asked for.", NULL},
     .instead = {"clip", "yes"}},
    /* clang-format on */
};

const struct fork_list saturation_forks = {sizeof table / sizeof *table, table};
