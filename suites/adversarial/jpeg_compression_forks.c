// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/jpeg_compression.h"
#include "../fork.h"

enum mistake {
    NONE,
    TABLE_TRANSPOSED,
    NO_LEVEL_SHIFT,
    QUALITY_LINEAR,
    TABLE_CUT,
    QUANTA_NOT_LIMITED,
    CUT_TO_ZERO,
    ROUNDED_DOWN,
    CORNER_NOT_SCALED,
    ROWS_ONLY,
    ONE_TABLE,
    COLOURS_SWAPPED,
    NOT_CLIPPED,
    CLIP_REVERSED,
    CLIP_FORGOTTEN,
    LAST_BLOCK_COPIED,
    SLOPE_OF_ONE,
    SLOPE_ROOT,
    EDGE_GRADIENT_LOST,
    LEVELS_NOT_SCALED_BACK,
    PIXELS_CUT
};

struct coder {
    struct call *call;
    enum mistake mistake;
    size_t C, H, W, P, Q;
    int unit, ycbcr, rounding, real_table, black, whole;
    size_t quality;
    real *planes, *slope;
};

/* Along 8 numbers `stride` apart: folded at the middle, so that even and odd frequencies need four
 * products each. */
static void fold(real *v, size_t stride, int back)
{
    real in[8], out[8] = {0};
    for (size_t i = 0; i < 8; i++)
        in[i] = v[i * stride];
    for (size_t u = 0; u < 8; u++) {
        for (size_t i = 0; i < 4; i++) {
            real angle = real_count((2 * i + 1) * u) * R(3.14159265358979323846264338327950288);
            real wave = real_cos(angle / 16), mirrored = u % 2 ? -wave : wave;
            if (back) {
                out[i] = out[i] + in[u] * wave;
                out[7 - i] = out[7 - i] + in[u] * mirrored;
            } else {
                out[u] = out[u] + (u % 2 ? in[i] - in[7 - i] : in[i] + in[7 - i]) * wave;
            }
        }
    }
    for (size_t i = 0; i < 8; i++)
        v[i * stride] = out[i];
}

static void scale(const struct coder *is, real *block)
{
    for (size_t k = 0; k < 64; k++) {
        int zeros = is->mistake == CORNER_NOT_SCALED ? 0 : (k < 8) + (k % 8 == 0);
        real *cell = block + k / 8 * is->Q + k % 8;
        *cell = *cell * (zeros == 2 ? R(0.125) : zeros ? real_sqrt(R(2.0)) / 8 : R(0.25));
    }
}

static void transform(const struct coder *is, real *plane, int back)
{
    for (size_t b = 0; b < is->P * is->Q / 64; b++) {
        real *block = plane + b / (is->Q / 8) * 8 * is->Q + b % (is->Q / 8) * 8;
        if (back)
            scale(is, block);
        for (size_t j = 0; j < 8 && is->mistake != ROWS_ONLY; j++)
            fold(block + j, is->Q, back);
        for (size_t i = 0; i < 8; i++)
            fold(block + i * is->Q, 1, back);
        if (!back)
            scale(is, block);
    }
}

static real quantum(const struct coder *is, size_t u, size_t v, int chroma)
{
    size_t at = is->mistake == TABLE_TRANSPOSED ? v * 8 + u : u * 8 + v;
    size_t T = jpeg_table[chroma && is->mistake != ONE_TABLE][at], g = is->quality;
    size_t S = g < 50 && is->mistake != QUALITY_LINEAR ? 5000 / g : 200 - 2 * g;
    if (is->real_table)
        return real_count(T) *
               (g < 50 && is->mistake != QUALITY_LINEAR ? 50 / real_count(g) : real_count(S) / 100);
    size_t q = (T * S + (is->mistake == TABLE_CUT ? 0 : 50)) / 100;
    if (is->mistake == QUANTA_NOT_LIMITED)
        return real_count(q < 1 ? 1 : q);
    return real_count(q < 1 ? 1 : q > 255 ? 255 : q);
}

static real whole_of(const struct coder *is, real v)
{
    real sign = v < 0 ? -1 : 1, size = v * sign;
    long n = (long)size;
    if (is->mistake == CUT_TO_ZERO)
        return sign * (real)n;
    if (is->mistake == ROUNDED_DOWN)
        return (real)n * sign > v ? (real)n * sign - 1 : (real)n * sign;
    real rest = size - (real)n;
    if (rest >= R(0.5))
        n++;
    return sign * (real)n;
}

static size_t pixel_of(const struct coder *is, size_t k, int *beyond)
{
    size_t n = is->P * is->Q, i = k % n / is->Q, j = k % is->Q;
    *beyond = i >= is->H || j >= is->W;
    i = i < is->H ? i : is->H - 1;
    j = j < is->W ? j : is->W - 1;
    return (k / n * is->H + i) * is->W + j;
}

static void encode(const struct coder *is, const real *x, real *level)
{
    size_t n = is->P * is->Q;
    int beyond;
    real peak = is->unit ? 255 : 1, shift = is->mistake == NO_LEVEL_SHIFT ? 0 : 128;
    for (size_t k = 0; k < is->C * n; k++) {
        size_t from = pixel_of(is, k, &beyond);
        is->planes[k] = beyond && is->black ? 0 : peak * x[from];
    }
    for (size_t k = 0; is->ycbcr && k < n; k++) {
        real r = is->planes[k], g = is->planes[n + k], b = is->planes[2 * n + k];
        is->planes[k] = R(0.114) * b + R(0.587) * g + R(0.299) * r;
        is->planes[n + k] = R(0.5) * b - R(0.331264) * g - R(0.168736) * r;
        is->planes[2 * n + k] = R(0.5) * r - R(0.418688) * g - R(0.081312) * b;
    }
    for (size_t k = 0; k < (is->ycbcr ? 1 : is->C) * n; k++)
        is->planes[k] = is->planes[k] - shift;
    for (size_t c = 0; c < is->C; c++)
        transform(is, is->planes + c * n, 0);
    for (size_t k = 0; k < is->C * n; k++) {
        real q = quantum(is, k % n / is->Q % 8, k % is->Q % 8, is->ycbcr && k >= n);
        real whole = whole_of(is, is->planes[k] / q), rest = is->planes[k] / q - whole;
        level[k] = is->rounding == 1 ? whole + rest * rest * rest : whole;
        is->slope[k] = is->mistake == SLOPE_OF_ONE ? 1
                       : is->mistake == SLOPE_ROOT ? 3 * real_abs(rest)
                                                   : 3 * rest * rest;
        is->planes[k] = is->mistake == LEVELS_NOT_SCALED_BACK ? level[k] : level[k] * q;
    }
}

static void decode(const struct coder *is, real *y, const real *x, int *inside)
{
    size_t n = is->P * is->Q;
    int beyond;
    real shift = is->mistake == NO_LEVEL_SHIFT ? 0 : 128;
    for (size_t c = 0; c < is->C; c++)
        transform(is, is->planes + c * n, 1);
    for (size_t k = 0; k < (is->ycbcr ? 1 : is->C) * n; k++)
        is->planes[k] = is->planes[k] + shift;
    for (size_t k = 0; is->ycbcr && k < n; k++) {
        real Y = is->planes[k], b = is->planes[n + k], r = is->planes[2 * n + k];
        if (is->mistake == COLOURS_SWAPPED) {
            real other = b;
            b = r;
            r = other;
        }
        is->planes[k] = R(1.402) * r + Y;
        is->planes[n + k] = Y - (R(0.714136) * r + R(0.344136) * b);
        is->planes[2 * n + k] = R(1.772) * b + Y;
    }
    for (size_t k = 0; k < is->C * n; k++) {
        size_t to = pixel_of(is, k, &beyond);
        real p = is->planes[k];
        if (beyond)
            continue;
        inside[to] = p >= 0 && p <= 255;
        if (is->mistake != NOT_CLIPPED)
            p = p < 0 ? 0 : p > 255 ? 255 : p;
        if (is->whole)
            p = (real)(long)(p + (is->mistake == PIXELS_CUT ? 0 : R(0.5)));
        y[to] = is->unit ? p / 255 : p;
        if (is->mistake == LAST_BLOCK_COPIED &&
            (k % n / is->Q / 8 >= is->H / 8 || k % is->Q / 8 >= is->W / 8))
            y[to] = x[to];
    }
}

static void differentiate(const struct coder *is, real *dx, const real *dy, const int *inside)
{
    size_t n = is->P * is->Q;
    int beyond;
    for (size_t k = 0; k < is->C * n; k++) {
        size_t at = pixel_of(is, k, &beyond);
        is->planes[k] = !beyond && (inside[at] || is->mistake == CLIP_FORGOTTEN) ? dy[at] : 0;
    }
    for (size_t k = 0; is->ycbcr && k < n; k++) {
        real r = is->planes[k], g = is->planes[n + k], b = is->planes[2 * n + k];
        is->planes[k] = b + g + r;
        is->planes[n + k] = R(1.772) * b - R(0.344136) * g;
        is->planes[2 * n + k] = R(1.402) * r - R(0.714136) * g;
    }
    for (size_t c = 0; c < is->C; c++)
        transform(is, is->planes + c * n, 0);
    for (size_t k = 0; k < is->C * n; k++)
        is->planes[k] = is->planes[k] * is->slope[k];
    for (size_t c = 0; c < is->C; c++)
        transform(is, is->planes + c * n, 1);
    for (size_t k = 0; is->ycbcr && k < n; k++) {
        real Y = is->planes[k], b = is->planes[n + k], r = is->planes[2 * n + k];
        is->planes[k] = R(0.5) * r - R(0.168736) * b + R(0.299) * Y;
        is->planes[n + k] = R(0.587) * Y - R(0.418688) * r - R(0.331264) * b;
        is->planes[2 * n + k] = R(0.5) * b - R(0.081312) * r + R(0.114) * Y;
    }
    for (size_t k = is->C * n; k-- > 0;) {
        size_t to = pixel_of(is, k, &beyond);
        if (!beyond || (!is->black && is->mistake != EDGE_GRADIENT_LOST))
            dx[to] = dx[to] + is->planes[k];
    }
}

static struct coder read(struct call *call)
{
    static const char *const scales[] = {"byte", "unit", NULL};
    static const char *const colours[] = {"gray", "ycbcr", NULL};
    static const char *const roundings[] = {"nearest", "cubic", NULL};
    static const char *const tables[] = {"whole", "real", NULL};
    static const char *const edges[] = {"replicate", "black", NULL};
    static const char *const pixels[] = {"real", "whole", NULL};
    return (struct coder){.call = call,
                          .mistake = (enum mistake)call_variant(call),
                          .C = call_size(call, 'C'),
                          .H = call_size(call, 'H'),
                          .W = call_size(call, 'W'),
                          .P = (call_size(call, 'H') + 7) / 8 * 8,
                          .Q = (call_size(call, 'W') + 7) / 8 * 8,
                          .unit = call_choice(call, "scale", scales),
                          .ycbcr = call_choice(call, "colour", colours),
                          .rounding = call_choice(call, "rounding", roundings),
                          .real_table = call_choice(call, "table", tables),
                          .black = call_choice(call, "edges", edges),
                          .whole = call_choice(call, "pixels", pixels),
                          .quality = call_count_or(call, "quality", 75, 1, 100)};
}

static void folded(struct call *call)
{
    const real *x = call_input(call, "x", "NCHW");
    struct coder is = read(call);
    size_t N = call_size(call, 'N'), size = is.C * is.H * is.W, n = is.C * is.P * is.Q;
    call_bind(call, 'P', is.P);
    call_bind(call, 'Q', is.Q);
    is.planes = call_scratch(call, n);
    is.slope = call_scratch(call, n);
    int *inside = call_scratch_integers(call, size);
    real *y = call_output(call, "y", "NCHW"), *level, *dx = NULL;
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    level = is.rounding == 1 ? call_output(call, "level", "NCPQ")
                             : call_output_integers(call, "level", "NCPQ");
    if (dy)
        dx = call_output(call, is.rounding == 1 ? "dx" : "through", "NCHW");
    for (size_t i = 0; i < N; i++) {
        encode(&is, x + i * size, level + i * n);
        decode(&is, y + i * size, x + i * size, inside);
        if (dy && is.rounding == 1)
            differentiate(&is, dx + i * size, dy + i * size, inside);
        for (size_t k = 0; dy && is.rounding != 1 && k < size; k++) {
            int kept = is.mistake == CLIP_REVERSED ? !inside[k] : inside[k];
            dx[i * size + k] = kept || is.mistake == CLIP_FORGOTTEN ? dy[i * size + k] : 0;
        }
    }
}

static const struct fork table[] = {
    {.info = {"folded", FORK_TWIN, "",
              "Each line is folded at its middle, columns first; colours written out.", NULL},
     .answer = folded},
    {.info = {"table_transposed", FORK_BUG, "",
              "The tables are transposed: frequencies across are taken for those down (a known "
              "implementation).",
              NULL},
     .answer = folded,
     .variant = TABLE_TRANSPOSED},
    {.info = {"no_level_shift", FORK_BUG, "", "128 is not subtracted before the transform.", NULL},
     .answer = folded,
     .variant = NO_LEVEL_SHIFT},
    {.info = {"quality_linear", FORK_BUG, "", "200 - 2 quality below 50 too.", NULL},
     .answer = folded,
     .variant = QUALITY_LINEAR},
    {.info = {"table_cut", FORK_BUG, "", "Quanta are cut instead of rounded.", NULL},
     .answer = folded,
     .variant = TABLE_CUT},
    {.info = {"quanta_not_limited", FORK_CONVENTION, "",
              "Quanta above 255, as files of 12 bits may have.", NULL},
     .answer = folded,
     .variant = QUANTA_NOT_LIMITED},
    {.info = {"real_table_always", FORK_CONVENTION, "", "Quanta are not rounded.", NULL},
     .instead = {"table", "real"}},
    {.info = {"whole_table_always", FORK_CONVENTION, "", "Quanta are whole whatever is asked for.",
              NULL},
     .instead = {"table", "whole"}},
    {.info = {"quality_of_50", FORK_BUG, "", "The quality is 50 whatever is stated.", NULL},
     .number = {"quality", 50}},
    {.info = {"cut_to_zero", FORK_BUG, "", "Levels are cut towards 0, as a conversion does.", NULL},
     .answer = folded,
     .variant = CUT_TO_ZERO},
    {.info = {"rounded_down", FORK_BUG, "", "Levels are rounded down.", NULL},
     .answer = folded,
     .variant = ROUNDED_DOWN},
    {.info = {"cubic_always", FORK_CONVENTION, "",
              "The differentiable stand-in takes the place of the code.", NULL},
     .instead = {"rounding", "cubic"}},
    {.info = {"corner_not_scaled", FORK_BUG, "", "The factor 1/sqrt(2) of frequency 0 is left out.",
              NULL},
     .answer = folded,
     .variant = CORNER_NOT_SCALED},
    {.info = {"rows_only", FORK_BUG, "", "The transform of rows without that of columns.", NULL},
     .answer = folded,
     .variant = ROWS_ONLY},
    {.info = {"levels_not_scaled_back", FORK_BUG, "",
              "Levels are transformed back without their quanta.", NULL},
     .answer = folded,
     .variant = LEVELS_NOT_SCALED_BACK},
    {.info = {"one_table", FORK_BUG, "", "Colours are rounded by the table of brightness.", NULL},
     .answer = folded,
     .variant = ONE_TABLE},
    {.info = {"colours_swapped", FORK_BUG, "", "Blue and red are exchanged on the way back.", NULL},
     .answer = folded,
     .variant = COLOURS_SWAPPED},
    {.info = {"gray_always", FORK_CONVENTION, "", "Channels are not mixed.", NULL},
     .instead = {"colour", "gray"}},
    {.info = {"not_clipped", FORK_BUG, "242", "Pixels below 0 and above 255 stay.", NULL},
     .answer = folded,
     .variant = NOT_CLIPPED},
    {.info = {"clip_reversed", FORK_BUG, "216", "The gradient passes where pixels are clipped.",
              NULL},
     .answer = folded,
     .variant = CLIP_REVERSED},
    {.info = {"clip_forgotten", FORK_BUG, "216", "The gradient passes everywhere.", NULL},
     .answer = folded,
     .variant = CLIP_FORGOTTEN},
    {.info = {"last_block_copied", FORK_BUG, "", "Pixels outside whole blocks are not compressed.",
              NULL},
     .answer = folded,
     .variant = LAST_BLOCK_COPIED},
    {.info = {"edges_black_always", FORK_CONVENTION, "", "The last blocks are filled with black.",
              NULL},
     .instead = {"edges", "black"}},
    {.info = {"edges_repeated_always", FORK_CONVENTION, "",
              "The last blocks are filled by repetition.", NULL},
     .instead = {"edges", "replicate"}},
    {.info = {"slope_of_one", FORK_BUG, "", "The stand-in goes forwards, the identity backwards.",
              NULL},
     .answer = folded,
     .variant = SLOPE_OF_ONE},
    {.info = {"slope_root", FORK_BUG, "", "The slope of the cube is 3 |v - round v|.", NULL},
     .answer = folded,
     .variant = SLOPE_ROOT},
    {.info = {"edge_gradient_lost", FORK_BUG, "215", "Repeated pixels give no gradient back.",
              NULL},
     .answer = folded,
     .variant = EDGE_GRADIENT_LOST},
    {.info = {"bytes_always", FORK_CONVENTION, "", "Pixels of [0, 1] are taken for bytes.", NULL},
     .instead = {"scale", "byte"}},
    {.info = {"pixels_stay_real", FORK_CONVENTION, "", "The result is not rounded to bytes.", NULL},
     .instead = {"pixels", "real"}},
    {.info = {"pixels_cut", FORK_BUG, "274", "The result is cut to bytes instead of rounded.",
              NULL},
     .answer = folded,
     .variant = PIXELS_CUT},
};

const struct fork_list jpeg_compression_forks = {sizeof table / sizeof *table, table};
