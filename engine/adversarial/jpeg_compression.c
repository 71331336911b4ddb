// SPDX-License-Identifier: MIT
/* JPEG compression; definition in reference/adversarial/jpeg_compression.h.
 *
 * How it is distributed: the images are sharded; tables and cosines are made by every rank. Nothing
 * crosses the network and nothing is added over ranks. Within a block of 8 x 8 pixels both
 * transforms are two products with the 8 x 8 matrix of cosines.
 */
#include "../techniques.h"

#include <string.h>

enum { SIDE = 8, CELLS = SIDE * SIDE };

static const unsigned short luminance[CELLS] = {
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

/* The chrominance table is 99 but for its corner. */
static const unsigned short chrominance[4][4] = {
    {17, 18, 24, 47}, {18, 21, 26, 66}, {24, 26, 56, 99}, {47, 66, 99, 99}};

struct coder {
    const struct team *team;
    size_t C, H, W, P, Q;
    scalar peak;
    bool colours, cubic, black, whole;
    scalar cosine[CELLS], weight[CELLS], table[2][CELLS];
    scalar *planes, *slope;
    bool *inside;
};

static scalar quantum(size_t cell, bool chroma, size_t quality, bool as_it_comes)
{
    const size_t row = cell / SIDE, column = cell % SIDE;
    size_t entry = luminance[cell];
    if (chroma)
        entry = row < 4 && column < 4 ? chrominance[row][column] : 99;
    const size_t percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    if (as_it_comes) {
        const scalar exact = quality < 50 ? (scalar)5000 / (scalar)quality : (scalar)percent;
        return (scalar)entry * exact / 100;
    }
    const size_t whole = (entry * percent + 50) / 100;
    return (scalar)(whole < 1 ? 1 : whole > 255 ? 255 : whole);
}

static void prepare(struct coder *coder, size_t quality, bool as_it_comes)
{
    const scalar sixteenth = (scalar)3.14159265358979323846 / 16;
    const scalar edge = scalar_sqrt((scalar)0.5) / 4;
    for (size_t k = 0; k < CELLS; k++) {
        const size_t u = k / SIDE, i = k % SIDE;
        coder->cosine[k] = (scalar)((2 * i + 1) * u % 32) * sixteenth;
        coder->weight[k] = u == 0 && i == 0   ? (scalar)0.125
                           : u == 0 || i == 0 ? edge
                                              : (scalar)0.25;
        for (int chroma = 0; chroma < 2; chroma++)
            coder->table[chroma][k] = quantum(k, chroma == 1, quality, as_it_comes);
    }
    coder->team->kernels->cosine(CELLS, coder->cosine, coder->cosine);
}

static struct coder coder_read(struct question *q)
{
    static const char *const scales[] = {"byte", "unit", NULL};
    static const char *const colours[] = {"gray", "ycbcr", NULL};
    static const char *const roundings[] = {"nearest", "cubic", NULL};
    static const char *const tables[] = {"whole", "real", NULL};
    static const char *const edges[] = {"replicate", "black", NULL};
    static const char *const pixels[] = {"real", "whole", NULL};
    const int rounding = question_choice(q, "rounding", roundings);
    struct coder coder = {.team = question_team(q),
                          .C = question_size(q, 'C'),
                          .H = question_size(q, 'H'),
                          .W = question_size(q, 'W'),
                          .peak = question_choice(q, "scale", scales) == 1 ? 255 : 1,
                          .colours = question_choice(q, "colour", colours) == 1,
                          .cubic = rounding == 1,
                          .black = question_choice(q, "edges", edges) == 1,
                          .whole = question_choice(q, "pixels", pixels) == 1};
    const size_t quality = question_count_or(q, "quality", 75, 1, 100);
    const bool as_it_comes = question_choice(q, "table", tables) == 1;
    if (coder.C * coder.H * coder.W == 0)
        question_refuse(q, "its input 'x' has images without pixels; give some");
    if (coder.colours && coder.C != 3)
        question_refuse(q, "its 'colour' is ycbcr, but x has %zu channels; give 3", coder.C);
    if (coder.whole && coder.cubic)
        question_refuse(q, "its 'pixels' are whole, which has no slope; use another rounding");
    if (as_it_comes && quality == 100)
        question_refuse(q, "at 'quality' 100 its real table is 0, which divides; use less");
    coder.P = (coder.H + SIDE - 1) / SIDE * SIDE;
    coder.Q = (coder.W + SIDE - 1) / SIDE * SIDE;
    prepare(&coder, quality, as_it_comes);
    coder.planes = question_scratch(q, coder.C * coder.P * coder.Q);
    coder.slope = question_scratch(q, coder.C * coder.P * coder.Q);
    coder.inside = arena_take(question_arena(q), coder.C * coder.H * coder.W, sizeof(bool));
    return coder;
}

/* Coefficients of all blocks of all planes, or pixels from them. */
static void transform(const struct coder *coder, bool back)
{
    scalar cell[CELLS], half[CELLS];
    const size_t stripes = coder->C * coder->P / SIDE, across = coder->Q / SIDE;
    for (size_t n = 0; n < stripes * across; n++) {
        scalar *corner = coder->planes + n / across * SIDE * coder->Q + n % across * SIDE;
        for (size_t k = 0; k < CELLS; k++)
            cell[k] = corner[k / SIDE * coder->Q + k % SIDE] * (back ? coder->weight[k] : 1);
        memset(half, 0, sizeof half);
        team_product(coder->team, false, !back, SIDE, SIDE, SIDE, cell, SIDE, coder->cosine, SIDE,
                     half, SIDE);
        memset(cell, 0, sizeof cell);
        team_product(coder->team, back, false, SIDE, SIDE, SIDE, coder->cosine, SIDE, half, SIDE,
                     cell, SIDE);
        for (size_t k = 0; k < CELLS; k++)
            corner[k / SIDE * coder->Q + k % SIDE] = cell[k] * (back ? 1 : coder->weight[k]);
    }
}

static scalar nearest(scalar v)
{
    long below = (long)v;
    below -= (scalar)below > v;
    const scalar over = v - (scalar)below;
    const bool up = over > (scalar)0.5 || (over == (scalar)0.5 && v > 0);
    return (scalar)(below + up);
}

static void quantize(const struct coder *coder, scalar *level)
{
    const size_t plane = coder->P * coder->Q;
    for (size_t k = 0; k < coder->C * plane; k++) {
        const size_t u = k / coder->Q % SIDE, v = k % coder->Q % SIDE;
        const scalar quantum = coder->table[coder->colours && k >= plane][u * SIDE + v];
        const scalar value = coder->planes[k] / quantum, whole = nearest(value);
        const scalar rest = value - whole;
        coder->slope[k] = 3 * (rest * rest);
        level[k] = coder->cubic ? whole + rest * rest * rest : whole;
        coder->planes[k] = level[k] * quantum;
    }
}

/* All pixels times a 3 x 3 matrix of colours. */
static void recolour(const struct coder *coder, const scalar *matrix, bool transposed)
{
    const size_t plane = coder->P * coder->Q;
    for (size_t k = 0; k < plane; k++) {
        scalar old[3], mixed[3] = {0};
        for (size_t c = 0; c < 3; c++)
            old[c] = coder->planes[c * plane + k];
        team_product(coder->team, transposed, false, 3, 1, 3, matrix, 3, old, 1, mixed, 1);
        for (size_t c = 0; c < 3; c++)
            coder->planes[c * plane + k] = mixed[c];
    }
}

static const scalar to_ycbcr[9] = {(scalar)0.299,     (scalar)0.587,     (scalar)0.114,
                                   (scalar)-0.168736, (scalar)-0.331264, (scalar)0.5,
                                   (scalar)0.5,       (scalar)-0.418688, (scalar)-0.081312};
static const scalar from_ycbcr[9] = {
    1, 0, (scalar)1.402, 1, (scalar)-0.344136, (scalar)-0.714136, 1, (scalar)1.772, 0};

/* The pixel of x (C,H,W) that cell k of the planes (C,P,Q) shows; beyond: it is outside x. */
static size_t shown(const struct coder *coder, size_t k, bool *beyond)
{
    const size_t plane = coder->P * coder->Q, i = k % plane / coder->Q, j = k % coder->Q;
    const size_t row = i < coder->H ? i : coder->H - 1, column = j < coder->W ? j : coder->W - 1;
    *beyond = row != i || column != j;
    return (k / plane * coder->H + row) * coder->W + column;
}

static void encode(const struct coder *coder, const scalar *x, scalar *level)
{
    const size_t plane = coder->P * coder->Q;
    for (size_t k = 0; k < coder->C * plane; k++) {
        bool beyond;
        const size_t from = shown(coder, k, &beyond);
        coder->planes[k] = beyond && coder->black ? 0 : x[from] * coder->peak;
    }
    if (coder->colours)
        recolour(coder, to_ycbcr, false);
    for (size_t k = 0; k < (coder->colours ? 1 : coder->C) * plane; k++)
        coder->planes[k] -= 128;
    transform(coder, false);
    quantize(coder, level);
}

static void decode(const struct coder *coder, scalar *y)
{
    const size_t plane = coder->P * coder->Q;
    transform(coder, true);
    for (size_t k = 0; k < (coder->colours ? 1 : coder->C) * plane; k++)
        coder->planes[k] += 128;
    if (coder->colours)
        recolour(coder, from_ycbcr, false);
    for (size_t k = 0; k < coder->C * plane; k++) {
        bool beyond;
        const size_t to = shown(coder, k, &beyond);
        scalar pixel = coder->planes[k];
        if (beyond)
            continue;
        coder->inside[to] = pixel >= 0 && pixel <= 255;
        pixel = pixel < 0 ? 0 : pixel > 255 ? 255 : pixel;
        if (coder->whole)
            pixel = nearest(pixel);
        y[to] = coder->peak > 1 ? pixel / coder->peak : pixel;
    }
}

static void differentiate(const struct coder *coder, const scalar *dy, scalar *dx)
{
    const size_t cells = coder->C * coder->P * coder->Q;
    bool beyond;
    for (size_t k = 0; k < cells; k++) {
        const size_t at = shown(coder, k, &beyond);
        coder->planes[k] = !beyond && coder->inside[at] ? dy[at] : 0;
    }
    if (coder->colours)
        recolour(coder, from_ycbcr, true);
    transform(coder, false);
    for (size_t k = 0; k < cells; k++)
        coder->planes[k] *= coder->slope[k];
    transform(coder, true);
    if (coder->colours)
        recolour(coder, to_ycbcr, true);
    for (size_t k = 0; k < cells; k++) {
        const size_t to = shown(coder, k, &beyond);
        if (!beyond || !coder->black)
            dx[to] += coder->planes[k];
    }
}

void jpeg_compression_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]CHW"), *dy = NULL;
    const struct coder coder = coder_read(q);
    const size_t size = coder.C * coder.H * coder.W, cells = coder.C * coder.P * coder.Q;
    question_bind(q, 'P', coder.P);
    question_bind(q, 'Q', coder.Q);
    scalar *y = question_output(q, "y", "[N]CHW"), *level = question_output(q, "level", "[N]CPQ");
    scalar *dx = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CHW");
        dx = question_output(q, coder.cubic ? "dx" : "through", "[N]CHW");
    }
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        encode(&coder, x + n * size, level + n * cells);
        decode(&coder, y + n * size);
        if (dy != NULL && coder.cubic)
            differentiate(&coder, dy + n * size, dx + n * size);
        for (size_t k = 0; dy != NULL && !coder.cubic && k < size; k++)
            dx[n * size + k] = coder.inside[k] ? dy[n * size + k] : 0;
    }
}
