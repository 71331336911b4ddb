// SPDX-License-Identifier: MIT
#include "pair_means.h"

struct pair_counts pair_sides_read(struct call *call, struct pair_side *x, struct pair_side *y,
                                   int unbiased)
{
    x->x = call_input(call, "x", "ND");
    size_t N = x->count = call_size(call, 'N'), D = call_size(call, 'D'), least = unbiased ? 2 : 1;
    if (D == 0 || N < least)
        call_fail(call, "input 'x' has %zu samples of %zu features, too few for 'estimate'", N, D);
    y->x = call_input(call, "y", "MD");
    size_t M = y->count = call_size(call, 'M');
    if (M < least)
        call_fail(call, "input 'y' has %zu samples, too few for 'estimate'", M);
    return (struct pair_counts){real_count(N * (unbiased ? N - 1 : N)),
                                real_count(M * (unbiased ? M - 1 : M)), real_count(N * M)};
}

/* k(a,b); slope times (a - b), for polynomials times b, is its gradient at a. gap (D) is
 * scratch. */
static real compare(real *slope, const struct pair_kernel *kernel, const real *a, const real *b,
                    real *gap)
{
    real value = R(0.0);
    *slope = R(0.0);
    if (kernel->kind == PAIR_POLYNOMIAL) {
        real base = kernel->gamma * sum_products(R(0.0), kernel->D, a, 1, b, 1) + kernel->offset;
        real rest = R(1.0);
        for (size_t p = 1; p < kernel->degree; p++)
            rest = rest * base;
        *slope = real_count(kernel->degree) * kernel->gamma * rest;
        return rest * base;
    }
    for (size_t d = 0; d < kernel->D; d++)
        gap[d] = a[d] - b[d];
    real square = sum_products(R(0.0), kernel->D, gap, 1, gap, 1);
    if (kernel->kind == PAIR_DISTANCE) {
        value = -real_sqrt(square);
        *slope = square > 0 ? 1 / value : R(0.0);
        return value;
    }
    for (size_t w = 0; w < kernel->W; w++) {
        real variance = kernel->sigma[w] * kernel->sigma[w];
        real share = real_exp(-(square / (2 * variance))) / kernel->divisor;
        value = value + share;
        *slope = *slope - share / variance;
    }
    return value;
}

real pair_sum(struct call *call, const struct pair_kernel *kernel, const struct pair_side *a,
              const struct pair_side *b, int skip)
{
    real *row = call_scratch(call, a->count), *value = call_scratch(call, b->count);
    real *gap = call_scratch(call, kernel->D), slope;
    for (size_t n = 0; n < a->count; n++) {
        for (size_t m = 0; m < b->count; m++) {
            real k = compare(&slope, kernel, &a->x[n * kernel->D], &b->x[m * kernel->D], gap);
            value[m] = skip && m == n ? R(0.0) : k;
        }
        row[n] = sum_features(b->count, value, 1);
    }
    return sum_samples(a->count, kernel->block, row, 1);
}

void pair_gradient(struct call *call, real *g, const struct pair_kernel *kernel, const real *a,
                   const struct pair_side *b, size_t skip)
{
    size_t D = kernel->D, M = b->count;
    real *slope = call_scratch(call, M), *toward = call_scratch(call, M * D);
    real *gap = call_scratch(call, D);
    for (size_t m = 0; m < M; m++) {
        compare(&slope[m], kernel, a, &b->x[m * D], gap);
        slope[m] = m == skip ? R(0.0) : slope[m];
        for (size_t d = 0; d < D; d++) {
            real other = b->x[m * D + d];
            toward[m * D + d] = kernel->kind == PAIR_POLYNOMIAL ? other : a[d] - other;
        }
    }
    for (size_t d = 0; d < D; d++)
        g[d] = sum_products(R(0.0), M, slope, 1, &toward[d], D);
}
