// SPDX-License-Identifier: MIT
#include "border.h"

enum border border_read(struct call *call)
{
    static const char *const borders[] = {"fill", "edge", "reflect", "symmetric", "wrap", NULL};
    return (enum border)call_choice(call, "border", borders);
}

static long modulo(long i, long period)
{
    return (i % period + period) % period;
}

long border_place(long i, long size, enum border border)
{
    long k;
    if (i >= 0 && i < size)
        return i;
    switch (border) {
    case BORDER_EDGE:
        return i < 0 ? 0 : size - 1;
    case BORDER_WRAP:
        return modulo(i, size);
    case BORDER_SYMMETRIC:
        k = modulo(i, 2 * size);
        return k < size ? k : 2 * size - 1 - k;
    case BORDER_REFLECT:
        k = size == 1 ? 0 : modulo(i, 2 * size - 2);
        return k < size ? k : 2 * size - 2 - k;
    default:
        return -1;
    }
}

/* The place in (N,C,H,W) of what stands at row r, column c of a plane; -1: the constant. */
static long source(const struct window *is, size_t plane, long r, long c)
{
    long row = border_place(r, (long)is->H, is->border);
    long column = border_place(c, (long)is->W, is->border);
    if (row < 0 || column < 0)
        return -1;
    return ((long)(plane * is->H) + row) * (long)is->W + column;
}

void window_look(real *y, const real *x, const struct window *is, const int *top, const int *left)
{
    for (size_t i = 0; i < is->N * is->C * is->P * is->Q; i++) {
        size_t plane = i / is->Q / is->P, n = plane / is->C;
        long from =
            source(is, plane, (long)(i / is->Q % is->P) + top[n], (long)(i % is->Q) + left[n]);
        y[i] = from < 0 ? is->fill : x[from];
    }
}

void window_return(real *dx, const real *dy, const struct window *is, const int *top,
                   const int *left)
{
    for (size_t i = 0; i < is->N * is->C * is->P * is->Q; i++) {
        size_t plane = i / is->Q / is->P, n = plane / is->C;
        long from =
            source(is, plane, (long)(i / is->Q % is->P) + top[n], (long)(i % is->Q) + left[n]);
        if (from >= 0)
            dx[from] += dy[i];
    }
}
