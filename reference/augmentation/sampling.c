// SPDX-License-Identifier: MIT
#include "sampling.h"

struct sampling sampling_read(struct call *call, size_t H, size_t W)
{
    static const char *const interpolations[] = {"bilinear", "nearest", NULL};
    struct sampling is = {.H = H, .W = W, .border = border_read(call)};
    is.nearest = call_choice(call, "interpolation", interpolations);
    is.fill = call_number_or(call, "fill", R(0.0));
    return is;
}

static long whole_below(real x)
{
    long below = (long)x;
    return (real)below > x ? below - 1 : below;
}

/* Place in (H,W); -1: the constant. */
static long place(const struct sampling *is, long row, long column)
{
    long r = border_place(row, (long)is->H, is->border);
    long c = border_place(column, (long)is->W, is->border);
    return r < 0 || c < 0 ? -1 : r * (long)is->W + c;
}

/* The four corners and their weights. */
static void corners(long at[4], real weight[4], const struct sampling *is, real row, real column)
{
    long r = whole_below(row), c = whole_below(column);
    real f = row - (real)r, g = column - (real)c;
    at[0] = place(is, r, c);
    at[1] = place(is, r, c + 1);
    at[2] = place(is, r + 1, c);
    at[3] = place(is, r + 1, c + 1);
    weight[0] = (1 - f) * (1 - g);
    weight[1] = (1 - f) * g;
    weight[2] = f * (1 - g);
    weight[3] = f * g;
}

/* The nearest pixel of a line. */
static long nearest(real x)
{
    return whole_below(x + R(0.5));
}

static void decide(struct call *call, real x)
{
    real over = x + R(0.5) - (real)nearest(x), distance[2] = {over, 1 - over};
    call_decisions(call, 2, distance);
}

real sampling_value(struct call *call, const struct sampling *is, const real *v, real row,
                    real column)
{
    long at[4];
    real weight[4], value = 0;
    if (is->nearest) {
        decide(call, row);
        decide(call, column);
        long from = place(is, nearest(row), nearest(column));
        return from < 0 ? is->fill : v[from];
    }
    corners(at, weight, is, row, column);
    for (int k = 0; k < 4; k++) {
        real product = weight[k] * (at[k] < 0 ? is->fill : v[at[k]]);
        value = k == 0 ? product : value + product;
    }
    return value;
}

void sampling_return(const struct sampling *is, real *dv, real dy, real row, real column)
{
    long at[4];
    real weight[4];
    if (is->nearest) {
        long from = place(is, nearest(row), nearest(column));
        if (from >= 0)
            dv[from] += dy;
        return;
    }
    corners(at, weight, is, row, column);
    for (int k = 0; k < 4; k++)
        if (at[k] >= 0)
            dv[at[k]] += weight[k] * dy;
}
