// SPDX-License-Identifier: MIT
#include "sum.h"

#include <stdint.h>

static enum sum_order current_order = SUM_CANONICAL;
static enum sum_noise current_noise = NOISE_NONE;
static uint32_t noise_state;

void sum_set_order(enum sum_order order, enum sum_noise noise)
{
    current_order = order;
    current_noise = noise;
    noise_state = 1;
}

/* A partial sum, moved by one unit roundoff of itself if there is noise. */
static real partial(real sum)
{
    if (current_noise == NOISE_NONE)
        return sum;
    noise_state = noise_state * 1664525u + 1013904223u;
    int up = current_noise == NOISE_UP || (current_noise == NOISE_RANDOM && noise_state >> 31);
    real step = sum * REAL_UNIT_ROUNDOFF;
    return up ? sum + step : sum - step;
}

/* Terms of a sum: products x[i] y[i], or x[i] alone when y is NULL. */
struct terms {
    const real *x, *y;
    size_t x_stride, y_stride;
};

static real term(const struct terms *t, size_t i)
{
    real x = t->x[i * t->x_stride];
    return t->y ? x * t->y[i * t->y_stride] : x;
}

static real chain(real sum, const struct terms *t, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        if (t->y)
            sum = partial(real_fma(t->x[i * t->x_stride], t->y[i * t->y_stride], sum));
        else
            sum = partial(sum + t->x[i * t->x_stride]);
    }
    return sum;
}

static real reversed(real start, const struct terms *t, size_t n)
{
    real sum = R(0.0);
    for (size_t i = n; i-- > 0;)
        sum = sum + term(t, i);
    return sum + start;
}

static real pairwise(const struct terms *t, size_t begin, size_t end)
{
    if (end - begin <= 1)
        return begin < end ? term(t, begin) : R(0.0);
    size_t middle = begin + (end - begin) / 2;
    return pairwise(t, begin, middle) + pairwise(t, middle, end);
}

static size_t largest_power_of_two_below(size_t n)
{
    size_t power = 1;
    while (power * 2 < n)
        power *= 2;
    return power;
}

/* The fixed tree over blocks [first, first + n), each block a chain from zero. */
static real tree(const struct terms *t, size_t samples, size_t block, size_t first, size_t n)
{
    if (n <= 1) {
        size_t begin = first * block;
        size_t end = begin + block < samples ? begin + block : samples;
        return chain(R(0.0), t, begin, end);
    }
    size_t left = largest_power_of_two_below(n);
    return partial(tree(t, samples, block, first, left) +
                   tree(t, samples, block, first + left, n - left));
}

static real along_features(real start, const struct terms *t, size_t n)
{
    switch (current_order) {
    case SUM_REVERSED:
        return reversed(start, t, n);
    case SUM_PAIRWISE:
        return pairwise(t, 0, n) + start;
    default:
        return chain(start, t, 0, n);
    }
}

static real over_samples(const struct terms *t, size_t n, size_t block)
{
    switch (current_order) {
    case SUM_REVERSED:
        return reversed(R(0.0), t, n);
    case SUM_PAIRWISE:
        return pairwise(t, 0, n);
    default:
        return n == 0 ? R(0.0) : tree(t, n, block, 0, (n + block - 1) / block);
    }
}

real sum_products(real start, size_t n, const real *x, size_t x_stride, const real *y,
                  size_t y_stride)
{
    struct terms t = {x, y, x_stride, y_stride};
    return along_features(start, &t, n);
}

real sum_features(size_t n, const real *x, size_t stride)
{
    struct terms t = {x, NULL, stride, 0};
    return along_features(R(0.0), &t, n);
}

real sum_samples(size_t n, size_t block, const real *x, size_t stride)
{
    struct terms t = {x, NULL, stride, 0};
    return over_samples(&t, n, block);
}

real sum_sample_products(size_t n, size_t block, const real *x, size_t x_stride, const real *y,
                         size_t y_stride)
{
    struct terms t = {x, y, x_stride, y_stride};
    return over_samples(&t, n, block);
}
