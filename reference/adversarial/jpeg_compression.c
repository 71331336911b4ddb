// SPDX-License-Identifier: MIT
#include "jpeg_compression.h"

#include <string.h>

const unsigned char jpeg_table[2][JPEG_BLOCK] = {
    {16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
     14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
     18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
     49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99},
    {17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99,
     99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
     99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99}};

struct jpeg {
    struct call *call;
    size_t C, H, W, P, Q;
    int unit, ycbcr, cubic, black, whole;
    real A[JPEG_BLOCK], s[JPEG_BLOCK], q[2][JPEG_BLOCK], to[9], from[9];
};

static void fill_basis(struct jpeg *is)
{
    real step = R(3.14159265358979323846264338327950288) / 16, half = real_sqrt(R(0.5)) / 4;
    for (size_t k = 0; k < JPEG_BLOCK; k++) {
        size_t u = k / JPEG_SIDE, i = k % JPEG_SIDE;
        is->A[k] = real_cos(real_count((2 * i + 1) * u % 32) * step);
        is->s[k] = u && i ? R(0.25) : u || i ? half : R(0.125);
    }
}

static void fill_tables(struct jpeg *is)
{
    static const char *const kinds[] = {"whole", "real", NULL};
    size_t quality = call_count_or(is->call, "quality", 75, 1, 100);
    int as_it_comes = call_choice(is->call, "table", kinds);
    size_t S = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    real scale = quality < 50 ? R(5000.0) / real_count(quality) : real_count(S);
    for (size_t k = 0; k < 2 * JPEG_BLOCK; k++) {
        size_t T = jpeg_table[k / JPEG_BLOCK][k % JPEG_BLOCK], q = (T * S + 50) / 100;
        q = q < 1 ? 1 : q > 255 ? 255 : q;
        is->q[k / JPEG_BLOCK][k % JPEG_BLOCK] =
            as_it_comes ? real_count(T) * scale / 100 : real_count(q);
    }
    if (as_it_comes && quality == 100)
        call_fail(is->call, "with number 'quality' 100 real tables are 0, which divide");
}

static void fill_colours(struct jpeg *is)
{
    const real to[9] = {R(0.299), R(0.587), R(0.114),     R(-0.168736), R(-0.331264),
                        R(0.5),   R(0.5),   R(-0.418688), R(-0.081312)};
    const real from[9] = {R(1.0),       R(0.0), R(1.402), R(1.0), R(-0.344136),
                          R(-0.714136), R(1.0), R(1.772), R(0.0)};
    memcpy(is->to, to, sizeof to);
    memcpy(is->from, from, sizeof from);
}

static struct jpeg read(struct call *call)
{
    static const char *const scales[] = {"byte", "unit", NULL};
    static const char *const colours[] = {"gray", "ycbcr", NULL};
    static const char *const roundings[] = {"nearest", "cubic", NULL};
    static const char *const edges[] = {"replicate", "black", NULL};
    static const char *const pixels[] = {"real", "whole", NULL};
    struct jpeg is = {.call = call,
                      .C = call_size(call, 'C'),
                      .H = call_size(call, 'H'),
                      .W = call_size(call, 'W'),
                      .unit = call_choice(call, "scale", scales),
                      .ycbcr = call_choice(call, "colour", colours),
                      .cubic = call_choice(call, "rounding", roundings),
                      .black = call_choice(call, "edges", edges),
                      .whole = call_choice(call, "pixels", pixels)};
    if (is.H * is.W * is.C == 0)
        call_fail(call, "input 'x' has images without pixels");
    if (is.ycbcr && is.C != 3)
        call_fail(call, "convention 'colour' is ycbcr, but x has %zu channels", is.C);
    if (is.whole && is.cubic)
        call_fail(call, "whole 'pixels' have no slope, which rounding = cubic is for");
    is.P = (is.H + 7) / 8 * 8;
    is.Q = (is.W + 7) / 8 * 8;
    fill_basis(&is);
    fill_tables(&is);
    fill_colours(&is);
    return is;
}

/* (P,Q) from (P,Q), block by block, in place: cosine coefficients of pixels, and back. */
static void transform(const struct jpeg *is, real *plane)
{
    real lines[JPEG_BLOCK];
    for (size_t b = 0; b < is->P * is->Q; b += JPEG_BLOCK) {
        size_t across = is->Q / JPEG_SIDE, n = b / JPEG_BLOCK;
        real *block = plane + n / across * JPEG_SIDE * is->Q + n % across * JPEG_SIDE;
        for (size_t k = 0; k < JPEG_BLOCK; k++)
            lines[k] = sum_products(R(0.0), JPEG_SIDE, block + k / JPEG_SIDE * is->Q, 1,
                                    is->A + k % JPEG_SIDE * JPEG_SIDE, 1);
        for (size_t k = 0; k < JPEG_BLOCK; k++)
            block[k / JPEG_SIDE * is->Q + k % JPEG_SIDE] =
                sum_products(R(0.0), JPEG_SIDE, lines + k % JPEG_SIDE, JPEG_SIDE,
                             is->A + k / JPEG_SIDE * JPEG_SIDE, 1) *
                is->s[k];
    }
}

static void transform_back(const struct jpeg *is, real *plane)
{
    real scaled[JPEG_BLOCK], lines[JPEG_BLOCK];
    for (size_t n = 0; n < is->P * is->Q / JPEG_BLOCK; n++) {
        size_t across = is->Q / JPEG_SIDE;
        real *block = plane + n / across * JPEG_SIDE * is->Q + n % across * JPEG_SIDE;
        for (size_t k = 0; k < JPEG_BLOCK; k++)
            scaled[k] = is->s[k] * block[k / JPEG_SIDE * is->Q + k % JPEG_SIDE];
        for (size_t k = 0; k < JPEG_BLOCK; k++)
            lines[k] = sum_products(R(0.0), JPEG_SIDE, scaled + k / JPEG_SIDE * JPEG_SIDE, 1,
                                    is->A + k % JPEG_SIDE, JPEG_SIDE);
        for (size_t k = 0; k < JPEG_BLOCK; k++)
            block[k / JPEG_SIDE * is->Q + k % JPEG_SIDE] =
                sum_products(R(0.0), JPEG_SIDE, lines + k % JPEG_SIDE, JPEG_SIDE,
                             is->A + k / JPEG_SIDE, JPEG_SIDE);
    }
}

/* round(v); its distance from the other whole number is stated. */
static real rounded(const struct jpeg *is, real v)
{
    long below = (long)v;
    below -= (real)below > v;
    real over = v - (real)below - R(0.5), distance = real_abs(over);
    call_decisions(is->call, 1, &distance);
    return (real)(over > 0 || (over == 0 && v > 0) ? below + 1 : below);
}

/* One image, planes (C,n), times a matrix of colours, in place; `columns`: by its transpose. */
static void mix(const real *matrix, int columns, real *planes, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        real mixed[3];
        for (size_t c = 0; c < 3; c++)
            mixed[c] = sum_products(R(0.0), 3, columns ? matrix + c : matrix + 3 * c,
                                    columns ? 3 : 1, planes + k, n);
        for (size_t c = 0; c < 3; c++)
            planes[c * n + k] = mixed[c];
    }
}

/* Pixels (C,H,W) to planes (C,P,Q) around 0. */
static void spread(const struct jpeg *is, real *planes, const real *x)
{
    real pixels = is->unit ? R(255.0) : R(1.0);
    size_t n = is->P * is->Q;
    for (size_t k = 0; k < is->C * n; k++) {
        size_t i = k % n / is->Q, j = k % is->Q;
        int beyond = i >= is->H || j >= is->W;
        size_t from = k / n * is->H * is->W + (i < is->H ? i : is->H - 1) * is->W +
                      (j < is->W ? j : is->W - 1);
        planes[k] = beyond && is->black ? R(0.0) : x[from] * pixels;
    }
    if (is->ycbcr)
        mix(is->to, 0, planes, n);
    for (size_t k = 0; k < is->C * n; k++)
        planes[k] = is->ycbcr && k >= n ? planes[k] : planes[k] - 128;
}

/* Coefficients to what a file keeps of them; level and slope (C,P,Q). */
static void quantize(const struct jpeg *is, real *planes, real *level, real *slope)
{
    size_t n = is->P * is->Q;
    for (size_t k = 0; k < is->C * n; k++) {
        size_t u = k % n / is->Q % JPEG_SIDE, v = k % is->Q % JPEG_SIDE;
        real q = is->q[is->ycbcr && k >= n][u * JPEG_SIDE + v], value = planes[k] / q;
        real whole = rounded(is, value), rest = value - whole;
        slope[k] = 3 * (rest * rest);
        level[k] = is->cubic ? whole + rest * rest * rest : whole;
        planes[k] = level[k] * q;
    }
}

/* y (C,H,W) from planes (C,P,Q); inside says which are not clipped. */
static void gather_pixels(const struct jpeg *is, real *y, int *inside, const real *planes)
{
    size_t n = is->P * is->Q;
    for (size_t k = 0; k < is->C * is->H * is->W; k++) {
        size_t at = k / (is->H * is->W) * n + k / is->W % is->H * is->Q + k % is->W;
        real pixel = planes[at] + (is->ycbcr ? R(0.0) : R(128.0)), room[2] = {pixel, 255 - pixel};
        call_decisions(is->call, 2, room);
        inside[k] = room[0] >= 0 && room[1] >= 0;
        pixel = room[0] < 0 ? R(0.0) : room[1] < 0 ? R(255.0) : pixel;
        if (is->whole) {
            long below = (long)pixel;
            real distance = pixel - (real)below - R(0.5);
            call_decisions(is->call, 1, &distance);
            pixel = (real)(distance < 0 ? below : below + 1);
        }
        y[k] = is->unit ? pixel / 255 : pixel;
    }
}

/* dx (C,H,W) from dy through the slopes (C,P,Q) of rounding; planes is scratch. */
static void differentiate(const struct jpeg *is, real *dx, const real *dy, const int *inside,
                          const real *slope, real *planes)
{
    size_t n = is->P * is->Q, pixels = is->H * is->W;
    memset(planes, 0, is->C * n * sizeof *planes);
    for (size_t k = 0; k < is->C * pixels; k++)
        planes[k / pixels * n + k / is->W % is->H * is->Q + k % is->W] = inside[k] ? dy[k] : R(0.0);
    if (is->ycbcr)
        mix(is->from, 1, planes, n);
    for (size_t c = 0; c < is->C; c++) {
        transform(is, planes + c * n);
        for (size_t k = c * n; k < (c + 1) * n; k++)
            planes[k] = slope[k] * planes[k];
        transform_back(is, planes + c * n);
    }
    if (is->ycbcr)
        mix(is->to, 1, planes, n);
    for (size_t k = 0; k < is->C * n; k++) {
        size_t i = k % n / is->Q, j = k % is->Q;
        if ((i >= is->H || j >= is->W) && is->black)
            continue;
        dx[k / n * pixels + (i < is->H ? i : is->H - 1) * is->W + (j < is->W ? j : is->W - 1)] +=
            planes[k];
    }
}

void jpeg_compression_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NCHW");
    struct jpeg is = read(call);
    size_t N = call_size(call, 'N'), size = is.C * is.H * is.W, n = is.P * is.Q;
    call_bind(call, 'P', is.P);
    call_bind(call, 'Q', is.Q);
    real *y = call_output(call, "y", "NCHW");
    real *level =
        is.cubic ? call_output(call, "level", "NCPQ") : call_output_integers(call, "level", "NCPQ");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    real *dx = dy ? call_output(call, is.cubic ? "dx" : "through", "NCHW") : NULL;
    real *planes = call_scratch(call, is.C * n), *slope = call_scratch(call, is.C * n);
    int *inside = call_scratch_integers(call, size);
    for (size_t i = 0; i < N; i++) {
        spread(&is, planes, x + i * size);
        for (size_t c = 0; c < is.C; c++)
            transform(&is, planes + c * n);
        quantize(&is, planes, level + i * is.C * n, slope);
        for (size_t c = 0; c < is.C; c++)
            transform_back(&is, planes + c * n);
        if (is.ycbcr)
            for (size_t k = 0; k < n; k++)
                planes[k] = planes[k] + 128;
        if (is.ycbcr)
            mix(is.from, 0, planes, n);
        gather_pixels(&is, y + i * size, inside, planes);
        if (dy && is.cubic)
            differentiate(&is, dx + i * size, dy + i * size, inside, slope, planes);
        for (size_t k = 0; dy && !is.cubic && k < size; k++)
            dx[i * size + k] = inside[k] ? dy[i * size + k] : R(0.0);
    }
}
