// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/sampling.h"
#include "../fork.h"

enum {
    BY_TENTS,
    EXTRAPOLATED,
    EDGE_IS_ZERO,
    SIZES_EXCHANGED,
    ROUNDED_DOWN,
    GRADIENT_NEAREST,
    GRADIENT_OF_LAST,
    ANTIALIASED
};

/* Position p of P on a line of H pixels, as a quotient of whole numbers. */
static real position(int coordinates, size_t p, size_t P, size_t H)
{
    if (coordinates == 2)
        return real_count(p * H) / real_count(P);
    if (coordinates == 1)
        return P == 1 ? 0 : real_count(p * (H - 1)) / real_count(P - 1);
    return (real_count((2 * p + 1) * H) - real_count(P)) / real_count(2 * P);
}

/* The weight of pixel k of a line of H at position x. */
static real weight(real x, size_t k, size_t H, int nearest, int variant)
{
    real d = real_count(k) - x;
    if (variant != EDGE_IS_ZERO && variant != EXTRAPOLATED) {
        if (k == 0 && d > 0)
            return 1;
        if (k + 1 == H && d < 0)
            return 1;
    }
    if (variant == ROUNDED_DOWN)
        return d > -1 && d <= 0 ? 1 : 0;
    if (nearest)
        return d >= R(-0.5) && d < R(0.5) ? 1 : 0;
    real slope = variant == ANTIALIASED ? R(0.75) : 1, tent = (1 - real_abs(d) * slope) * slope;
    if (variant == EXTRAPOLATED && H > 1 &&
        ((k <= 1 && x < 0) || (k + 2 >= H && x > real_count(H - 1))))
        return k == 0 || k + 2 == H ? (k == 0 ? 1 - x : real_count(H - 1) - x)
                                    : (k == 1 ? x : x - real_count(H - 2));
    return tent > 0 ? tent : 0;
}

static void rival(struct call *call)
{
    static const char *const names[] = {"half_pixel", "align_corners", "asymmetric", NULL};
    int coordinates = call_choice(call, "coordinates", names), variant = call_variant(call);
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL;
    size_t planes = call_size(call, 'N') * call_size(call, 'C');
    size_t H = call_size(call, 'H'), W = call_size(call, 'W');
    size_t P = call_count(call, "height", 1, 4096), Q = call_count(call, "width", 1, 4096);
    call_bind(call, 'P', P);
    call_bind(call, 'Q', Q);
    int nearest = sampling_read(call, H, W).nearest;
    real *y = call_output(call, "y", "NCPQ"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCPQ");
        dx = call_output(call, "dx", "NCHW");
    }
    for (size_t i = 0; i < planes * P * Q; i++) {
        size_t first = i / Q / P * H * W;
        real row = position(coordinates, i / Q % P, P, H),
             column = position(coordinates, i % Q, Q, W);
        if (variant == SIZES_EXCHANGED) {
            row = position(coordinates, i / Q % P, H, P);
            column = position(coordinates, i % Q, W, Q);
        }
        for (size_t k = 0; k < H * W; k++) {
            real share = weight(row, k / W, H, nearest, variant) *
                         weight(column, k % W, W, nearest, variant);
            y[i] += share * x[first + k];
            if (variant == GRADIENT_NEAREST)
                share = weight(row, k / W, H, 1, variant) * weight(column, k % W, W, 1, variant);
            if (dy && variant == GRADIENT_OF_LAST && share > 0)
                dx[first + k] = share * dy[i];
            else if (dy)
                dx[first + k] += share * dy[i];
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_tents", FORK_TWIN, "",
     "All pixels of the image, weighted by their tents; positions as quotients of whole numbers.",
     NULL}, .answer = rival, .variant = BY_TENTS},
    {.info = {"half_pixel_always", FORK_CONVENTION, "165",
     "Pixels are squares whatever is asked for.", NULL}, .instead = {"coordinates", "half_pixel"}},
    {.info = {"align_corners_always", FORK_CONVENTION, "165",
     "The corners stay whatever is asked for.", NULL}, .instead = {"coordinates", "align_corners"}},
    {.info = {"asymmetric_always", FORK_CONVENTION, "165",
     "The first pixel stays whatever is asked for.", NULL}, .instead = {"coordinates",
     "asymmetric"}},
    {.info = {"edge_is_zero", FORK_BUG, "165", "Beyond the border counts 0.", NULL},
     .answer = rival, .variant = EDGE_IS_ZERO},
    {.info = {"extrapolated", FORK_BUG, "165",
     "Positions beyond the border continue the line of the last two pixels.", NULL},
     .answer = rival, .variant = EXTRAPOLATED},
    {.info = {"sizes_exchanged", FORK_BUG, "", "The inverse scale.", NULL}, .answer = rival,
     .variant = SIZES_EXCHANGED},
    {.info = {"rounded_down", FORK_CONVENTION, "165",
     "The pixel above and to the left, without a mixture: PyTorch's old nearest.", NULL},
     .answer = rival, .variant = ROUNDED_DOWN},
    {.info = {"wider_tents", FORK_CONVENTION, "", "A wider filter, as antialiasing has it.", NULL},
     .answer = rival, .variant = ANTIALIASED},
    {.info = {"gradient_to_the_nearest", FORK_BUG, "",
     "The gradient goes to the nearest pixel alone.", NULL}, .answer = rival,
     .variant = GRADIENT_NEAREST},
    {.info = {"gradient_overwritten", FORK_BUG, "",
     "A pixel that went to several places keeps the gradient of one.", NULL}, .answer = rival,
     .variant = GRADIENT_OF_LAST},
    {.info = {"nearest_always", FORK_CONVENTION, "", "The nearest pixel whatever is asked for.",
     NULL}, .instead = {"interpolation", "nearest"}},
    {.info = {"bilinear_always", FORK_CONVENTION, "", "Mixtures whatever is asked for.", NULL},
     .instead = {"interpolation", "bilinear"}},
    /* clang-format on */
};

const struct fork_list image_zoom_forks = {sizeof table / sizeof *table, table};
