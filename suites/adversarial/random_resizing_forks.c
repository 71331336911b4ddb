// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/sampling.h"
#include "../fork.h"

enum mistake {
    NONE,
    SAME_FOR_ALL,
    CENTRED,
    OFFSETS_EXCHANGED,
    SIZES_EXCHANGED,
    SCALE_INVERTED,
    PLACED_AT_ZERO,
    STRETCHED,
    DRAW_ROUNDED,
    LOW_IGNORED,
    ZEROS_AROUND,
    EDGE_AROUND,
    GRADIENT_OF_FIRST,
    GRADIENT_NEAREST,
    GRADIENT_OVERWRITTEN,
    CROPPED
};

/* Position p of P on a line of H pixels, as a quotient of whole numbers. */
static real position(int coordinates, size_t p, size_t P, size_t H)
{
    if (coordinates == 3)
        return real_count(p * H / P);
    if (coordinates == 2)
        return real_count(p * H) / real_count(P);
    if (coordinates == 1)
        return P == 1 ? 0 : real_count(p * (H - 1)) / real_count(P - 1);
    return (real_count((2 * p + 1) * H) - real_count(P)) / real_count(2 * P);
}

/* The weight of pixel k of a line of H at position x, and beyond the edge. */
static real weight(real x, size_t k, size_t H, int nearest)
{
    real d = real_count(k) - x;
    if ((k == 0 && d > 0) || (k + 1 == H && d < 0))
        return 1;
    if (nearest)
        return d >= R(-0.5) && d < R(0.5) ? 1 : 0;
    return real_abs(d) < 1 ? 1 - real_abs(d) : 0;
}

struct rival {
    enum mistake mistake;
    size_t N, C, H, W, P, low, high, extra;
    int free, coordinates, nearest;
    real fill;
    const real *u;
};

static size_t drawn(const struct rival *is, real u, size_t n)
{
    real at = u * real_count(n) + (is->mistake == DRAW_ROUNDED ? R(0.5) : 0);
    size_t k = 0;
    while (real_count(k + 1) <= at)
        k++;
    return k;
}

static struct rival read(struct call *call)
{
    static const char *const names[] = {"half_pixel", "align_corners", "asymmetric", "floor", NULL};
    static const char *const ranges[] = {"exclusive", "inclusive", NULL};
    static const char *const aspects[] = {"square", "free", NULL};
    size_t high = call_count(call, "high", 1, 4096);
    struct rival is = {.mistake = (enum mistake)call_variant(call),
                       .N = call_size(call, 'N'),
                       .C = call_size(call, 'C'),
                       .H = call_size(call, 'H'),
                       .W = call_size(call, 'W'),
                       .low = call_count(call, "low", 1, 4096),
                       .high = high,
                       .P = call_count_or(call, "canvas", high, 1, 4096),
                       .extra = (size_t)call_choice(call, "range", ranges),
                       .free = call_choice(call, "aspect", aspects),
                       .coordinates = call_choice(call, "coordinates", names),
                       .u = call_input(call, "uniform", "NU")};
    is.nearest = sampling_read(call, is.H, is.W).nearest;
    is.fill = is.mistake == ZEROS_AROUND ? 0 : call_number_or(call, "fill", R(0.0));
    return is;
}

static void place(const struct rival *is, size_t n, size_t size[2], size_t offset[2])
{
    const real *u = is->u + (is->mistake == SAME_FOR_ALL ? 0 : 4 * n);
    for (size_t side = 0; side < 2; side++) {
        real own = is->free ? u[side] : u[0];
        size[side] = is->low + drawn(is, own, is->high - is->low + is->extra);
        if (is->mistake == LOW_IGNORED)
            size[side] = 1 + drawn(is, own, is->high - 1 + is->extra);
        size_t at = is->mistake == OFFSETS_EXCHANGED ? 3 - side : 2 + side;
        offset[side] = drawn(is, u[at], is->P - size[side] + is->extra);
        if (is->mistake == CENTRED)
            offset[side] = (is->P - size[side]) / 2;
        if (is->mistake == PLACED_AT_ZERO)
            offset[side] = 0;
    }
    if (is->mistake == SIZES_EXCHANGED) {
        size_t rows = size[0];
        size[0] = size[1];
        size[1] = rows;
    }
}

/* y at (p, q), and what dy there gives to the image. */
static real pixel(const struct rival *is, const real *x, real *dx, real dy, long p, long q,
                  const size_t size[2])
{
    long P = (long)size[0], Q = (long)size[1];
    int outside = p < 0 || q < 0 || p >= P || q >= Q;
    if (outside && is->mistake != EDGE_AROUND && is->mistake != STRETCHED)
        return is->fill;
    p = p < 0 ? 0 : p >= P ? P - 1 : p;
    q = q < 0 ? 0 : q >= Q ? Q - 1 : q;
    real row = position(is->coordinates, (size_t)p, size[0], is->H);
    real column = position(is->coordinates, (size_t)q, size[1], is->W), value = 0;
    if (is->mistake == SCALE_INVERTED) {
        row = position(is->coordinates, (size_t)p, is->H, size[0]);
        column = position(is->coordinates, (size_t)q, is->W, size[1]);
    }
    if (is->mistake == CROPPED) {
        row = (real)p;
        column = (real)q;
    }
    for (size_t k = 0; k < is->H * is->W; k++) {
        real share = weight(row, k / is->W, is->H, is->nearest) *
                     weight(column, k % is->W, is->W, is->nearest);
        value = value + share * x[k];
        if (is->mistake == GRADIENT_NEAREST)
            share = weight(row, k / is->W, is->H, 1) * weight(column, k % is->W, is->W, 1);
        if (dx && is->mistake == GRADIENT_OVERWRITTEN && share > 0)
            dx[k] = share * dy;
        else if (dx)
            dx[k] = dx[k] + share * dy;
    }
    return value;
}

static void by_tents(struct call *call)
{
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL;
    struct rival is = read(call);
    size_t P = is.P, in = is.H * is.W;
    call_bind(call, 'P', P);
    call_bind(call, 'T', 2);
    real *sizes = call_output_integers(call, "size", "NT");
    real *offsets = call_output_integers(call, "offset", "NT");
    real *y = call_output(call, "y", "NCPP"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCPP");
        dx = call_output(call, "dx", "NCHW");
    }
    for (size_t i = 0; i < is.N * is.C * P * P; i++) {
        size_t n = i / (is.C * P * P), size[2], offset[2], from = i / (P * P) * in;
        place(&is, n, size, offset);
        for (size_t side = 0; side < 2; side++) {
            sizes[2 * n + side] = real_count(size[side]);
            offsets[2 * n + side] = real_count(offset[side]);
        }
        long p = (long)(i / P % P) - (long)offset[0], q = (long)(i % P) - (long)offset[1];
        if (is.mistake == STRETCHED)
            size[0] = size[1] = P, p = (long)(i / P % P), q = (long)(i % P);
        real d = dy ? dy[is.mistake == GRADIENT_OF_FIRST ? i / (P * P) * P * P : i] : 0;
        y[i] = pixel(&is, x + from, dx ? dx + from : NULL, d, p, q, size);
    }
}

static const struct fork table[] = {
    {.info = {"by_tents", FORK_TWIN, "",
              "All pixels of the image, weighted by their tents; positions as quotients of whole "
              "numbers.",
              NULL},
     .answer = by_tents},
    {.info = {"same_for_all", FORK_CONVENTION, "",
              "One draw for the whole batch, as one random_uniform in a graph is.", NULL},
     .answer = by_tents,
     .variant = SAME_FOR_ALL},
    {.info = {"centred", FORK_BUG, "", "The image stands in the middle, not at a random place.",
              NULL},
     .answer = by_tents,
     .variant = CENTRED},
    {.info = {"offsets_exchanged", FORK_BUG, "", "The draws of both offsets are exchanged.", NULL},
     .answer = by_tents,
     .variant = OFFSETS_EXCHANGED},
    {.info = {"sizes_exchanged", FORK_BUG, "", "Rows and columns are exchanged.", NULL},
     .answer = by_tents,
     .variant = SIZES_EXCHANGED},
    {.info = {"scale_inverted", FORK_BUG, "", "The inverse scale.", NULL},
     .answer = by_tents,
     .variant = SCALE_INVERTED},
    {.info = {"placed_at_zero", FORK_BUG, "", "All padding is behind the image.", NULL},
     .answer = by_tents,
     .variant = PLACED_AT_ZERO},
    {.info = {"stretched", FORK_BUG, "", "The image fills the canvas.", NULL},
     .answer = by_tents,
     .variant = STRETCHED},
    {.info = {"cropped", FORK_BUG, "", "The canvas is enlarged, the image is not resized.", NULL},
     .answer = by_tents,
     .variant = CROPPED},
    {.info = {"draw_rounded", FORK_BUG, "", "Draws are rounded to the nearest whole number.", NULL},
     .answer = by_tents,
     .variant = DRAW_ROUNDED},
    {.info = {"low_ignored", FORK_BUG, "", "Sizes from 1 on.", NULL},
     .answer = by_tents,
     .variant = LOW_IGNORED},
    {.info = {"zeros_around", FORK_CONVENTION, "", "Black around whatever is asked for.", NULL},
     .answer = by_tents,
     .variant = ZEROS_AROUND},
    {.info = {"edge_around", FORK_CONVENTION, "", "The edge is repeated around.", NULL},
     .answer = by_tents,
     .variant = EDGE_AROUND},
    {.info = {"gradient_of_first_pixel", FORK_BUG, "",
              "All pixels get the first upstream gradient.", NULL},
     .answer = by_tents,
     .variant = GRADIENT_OF_FIRST},
    {.info = {"gradient_to_the_nearest", FORK_BUG, "",
              "The gradient goes to the nearest pixel alone.", NULL},
     .answer = by_tents,
     .variant = GRADIENT_NEAREST},
    {.info = {"gradient_overwritten", FORK_BUG, "215",
              "A pixel that went to several places keeps the gradient of one.", NULL},
     .answer = by_tents,
     .variant = GRADIENT_OVERWRITTEN},
    {.info = {"exclusive_always", FORK_CONVENTION, "", "The ends of ranges are never drawn.", NULL},
     .instead = {"range", "exclusive"}},
    {.info = {"inclusive_always", FORK_CONVENTION, "", "The ends of ranges are drawn too.", NULL},
     .instead = {"range", "inclusive"}},
    {.info = {"square_always", FORK_CONVENTION, "", "One draw for both sides.", NULL},
     .instead = {"aspect", "square"}},
    {.info = {"free_always", FORK_CONVENTION, "", "A draw for each side.", NULL},
     .instead = {"aspect", "free"}},
    {.info = {"half_pixel_always", FORK_CONVENTION, "165",
              "Pixels are squares whatever is asked for.", NULL},
     .instead = {"coordinates", "half_pixel"}},
    {.info = {"align_corners_always", FORK_CONVENTION, "165",
              "The corners stay whatever is asked for.", NULL},
     .instead = {"coordinates", "align_corners"}},
    {.info = {"asymmetric_always", FORK_CONVENTION, "165",
              "The first pixel stays whatever is asked for.", NULL},
     .instead = {"coordinates", "asymmetric"}},
    {.info = {"floor_always", FORK_CONVENTION, "165",
              "Pixels are rounded down whatever is asked for.", NULL},
     .instead = {"coordinates", "floor"}},
    {.info = {"nearest_always", FORK_CONVENTION, "", "The nearest pixel whatever is asked for.",
              NULL},
     .instead = {"interpolation", "nearest"}},
    {.info = {"bilinear_always", FORK_CONVENTION, "", "Mixtures whatever is asked for.", NULL},
     .instead = {"interpolation", "bilinear"}},
};

const struct fork_list random_resizing_forks = {sizeof table / sizeof *table, table};
