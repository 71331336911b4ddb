// SPDX-License-Identifier: MIT
#include "random_resizing.h"

enum coordinates { HALF_PIXEL, ALIGN_CORNERS, ASYMMETRIC, FLOOR };

/* Where one image goes: rows, then columns. */
struct place {
    size_t size[2], offset[2];
};

/* floor(u n), which a draw u in [0, 1) decides. */
static size_t drawn(struct call *call, real u, size_t n)
{
    real at = u * real_count(n);
    size_t below = (size_t)at;
    real room[2] = {at - real_count(below), real_count(below + 1) - at};
    call_decisions(call, n > 0, &room[0]);
    call_decisions(call, n > 0, &room[1]);
    return below;
}

static real position(enum coordinates coordinates, size_t p, size_t P, size_t H)
{
    real scale = real_count(H) / real_count(P);
    if (coordinates == FLOOR)
        return real_count(p * H / P);
    if (coordinates == ASYMMETRIC)
        return real_count(p) * scale;
    if (coordinates == ALIGN_CORNERS)
        return P == 1 ? 0 : real_count(p) * (real_count(H - 1) / real_count(P - 1));
    return (real_count(p) + R(0.5)) * scale - R(0.5);
}

/* Fills the places (N), and the outputs size and offset. */
static void draw(struct call *call, struct place *places, size_t canvas, size_t low, size_t high)
{
    static const char *const ranges[] = {"exclusive", "inclusive", NULL};
    static const char *const aspects[] = {"square", "free", NULL};
    size_t e = (size_t)call_choice(call, "range", ranges);
    int free = call_choice(call, "aspect", aspects);
    const real *u = call_input(call, "uniform", "NU");
    if (call_size(call, 'U') != 4)
        call_fail(call, "input 'uniform' must hold four draws a sample");
    call_bind(call, 'T', 2);
    real *size = call_output_integers(call, "size", "NT");
    real *offset = call_output_integers(call, "offset", "NT");
    for (size_t n = 0; n < call_size(call, 'N'); n++) {
        for (size_t k = 0; k < 4; k++)
            if (!(u[4 * n + k] >= 0 && u[4 * n + k] < 1))
                call_fail(call, "element %zu of input 'uniform' is not in [0, 1)", 4 * n + k);
        for (size_t side = 0; side < 2; side++) {
            struct place *is = &places[n];
            is->size[side] = side == 1 && !free
                                 ? is->size[0]
                                 : low + drawn(call, u[4 * n + side], high - low + e);
            is->offset[side] = drawn(call, u[4 * n + 2 + side], canvas - is->size[side] + e);
            size[2 * n + side] = real_count(is->size[side]);
            offset[2 * n + side] = real_count(is->offset[side]);
        }
    }
}

void random_resizing_answer(struct call *call)
{
    static const char *const names[] = {"half_pixel", "align_corners", "asymmetric", "floor", NULL};
    enum { MOST = 4096 };
    enum coordinates coordinates = (enum coordinates)call_choice(call, "coordinates", names);
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL;
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    size_t H = call_size(call, 'H'), W = call_size(call, 'W');
    size_t low = call_count(call, "low", 1, MOST), high = call_count(call, "high", 1, MOST);
    size_t P = call_count_or(call, "canvas", high, 1, MOST);
    if (H * W == 0)
        call_fail(call, "input 'x' has images without pixels");
    if (low > high)
        call_fail(call, "number 'low' must not be above number 'high'");
    if (high > P)
        call_fail(call, "number 'canvas' must not be below number 'high'");
    struct sampling sampling = sampling_read(call, H, W);
    sampling.border = BORDER_EDGE;
    call_bind(call, 'P', P);
    struct place *places =
        (struct place *)(void *)call_scratch_integers(call, N * sizeof(struct place) / sizeof(int));
    draw(call, places, P, low, high);
    real *y = call_output(call, "y", "NCPP"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCPP");
        dx = call_output(call, "dx", "NCHW");
    }
    for (size_t i = 0; i < N * C * P * P; i++) {
        const struct place *is = &places[i / (C * P * P)];
        size_t p = i / P % P - is->offset[0], q = i % P - is->offset[1]; /* may wrap: large */
        size_t from = i / (P * P) * H * W;
        y[i] = sampling.fill;
        if (p >= is->size[0] || q >= is->size[1])
            continue;
        real row = position(coordinates, p, is->size[0], H);
        real column = position(coordinates, q, is->size[1], W);
        y[i] = sampling_value(call, &sampling, x + from, row, column);
        if (dy)
            sampling_return(&sampling, dx + from, dy[i], row, column);
    }
}
