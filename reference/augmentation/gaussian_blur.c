// SPDX-License-Identifier: MIT
#include "gaussian_blur.h"

enum { LARGEST = 1 << 8 };

/* One direction: `length` weights, along the last axis or the one before it. */
struct direction {
    int down;
    size_t length;
    real *weight; /* (N,length) */
};

struct images {
    size_t N, C, H, W;
    enum border border;
    real fill;
};

static void weigh(real *weight, size_t length, real sigma)
{
    long r = (long)(length - 1) / 2;
    for (long k = 0; k < (long)length; k++)
        weight[k] = real_exp(-((real)((k - r) * (k - r)) / (2 * sigma * sigma)));
    real sum = sum_features(length, weight, 1);
    for (size_t k = 0; k < length; k++)
        weight[k] = weight[k] / sum;
}

/* The place in (N,C,H,W) of neighbour k of element i in a direction; -1: beyond the border. */
static long neighbour(const struct images *is, const struct direction *along, size_t i, size_t k)
{
    long step = along->down ? (long)is->W : 1, size = along->down ? (long)is->H : (long)is->W;
    long at = (long)i / step % size;
    long place = border_place(at + (long)k - (long)(along->length - 1) / 2, size, is->border);
    return place < 0 ? -1 : (long)i + (place - at) * step;
}

static void blur(const struct images *is, const struct direction *along, real *y, const real *x)
{
    size_t size = is->C * is->H * is->W;
    real seen[LARGEST];
    for (size_t i = 0; i < is->N * size; i++) {
        for (size_t k = 0; k < along->length; k++) {
            long from = neighbour(is, along, i, k);
            seen[k] = from < 0 ? is->fill : x[from];
        }
        const real *weight = along->weight + i / size * along->length;
        y[i] = sum_products(0, along->length, weight, 1, seen, 1);
    }
}

/* dx, zeroed, gets dy. */
static void blur_back(const struct images *is, const struct direction *along, real *dx,
                      const real *dy)
{
    size_t size = is->C * is->H * is->W;
    for (size_t i = 0; i < is->N * size; i++)
        for (size_t k = 0; k < along->length; k++) {
            long to = neighbour(is, along, i, k);
            if (to >= 0)
                dx[to] = real_fma(along->weight[i / size * along->length + k], dy[i], dx[to]);
        }
}

static struct direction read_direction(struct call *call, const char *name, size_t N)
{
    struct direction is = {.length = call_count(call, name, 1, LARGEST - 1)};
    if (is.length % 2 == 0)
        call_fail(call, "number '%s' must be odd, or the kernel has no middle", name);
    is.weight = call_scratch(call, N * is.length);
    const real *sigma = call_has(call, "sigma") ? call_input(call, "sigma", "N") : NULL;
    for (size_t n = 0; n < N; n++) {
        real r = real_count((is.length - 1) / 2);
        if (sigma && !(sigma[n] > 0))
            call_fail(call, "input 'sigma' must be above 0");
        weigh(is.weight + n * is.length, is.length, sigma ? sigma[n] : R(0.3) * (r - 1) + R(0.8));
    }
    return is;
}

void gaussian_blur_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NCHW");
    struct images is = {.N = call_size(call, 'N'), .C = call_size(call, 'C')};
    is.H = call_size(call, 'H');
    is.W = call_size(call, 'W');
    is.border = border_read(call);
    is.fill = call_number_or(call, "fill", R(0.0));
    size_t count = is.N * is.C * is.H * is.W;
    if (count == 0)
        call_fail(call, "input 'x' has no pixels");
    struct direction across = read_direction(call, "width", is.N);
    struct direction down = read_direction(call, "height", is.N);
    down.down = 1;
    real *between = call_scratch(call, count);
    blur(&is, &across, between, x);
    blur(&is, &down, call_output(call, "y", "NCHW"), between);
    if (!call_has(call, "dy"))
        return;
    for (size_t i = 0; i < count; i++)
        between[i] = 0;
    blur_back(&is, &down, between, call_input(call, "dy", "NCHW"));
    blur_back(&is, &across, call_output(call, "dx", "NCHW"), between);
}
