// SPDX-License-Identifier: MIT
/* pair_means.h - means of a kernel over pairs of samples, which maximum mean discrepancy and energy
 * distance are made of.
 *
 *     gaussian:    k(a,b) = sum_w e^(-|a - b|^2 / (2 sigma_w^2)) / divisor
 *     polynomial:  k(a,b) = (gamma a b + offset)^degree
 *     distance:    k(a,b) = -|a - b|, gradient 0 where a = b
 *
 * Order of operations: |a - b|^2 and a b are fused chains over the features; -(s / (2 (sigma
 * sigma))), the divisor, a chain over w from 0; gamma (a b) + offset, times itself; -sqrt. Rows of
 * pairs: a chain of additions over b; then a sum over the samples a in blocks. Gradients: slope
 * (a - b), or slope b, a fused chain over b.
 */
#pragma once

#include "../call.h"

enum pair_kind { PAIR_GAUSSIAN, PAIR_POLYNOMIAL, PAIR_DISTANCE };

struct pair_kernel {
    enum pair_kind kind;
    size_t D, W, degree, block;
    const real *sigma; /* (W) */
    real divisor, gamma, offset;
};

/* Samples (count,D). */
struct pair_side {
    size_t count;
    const real *x;
};

/* How many pairs there are within x, within y and across. */
struct pair_counts {
    real xx, yy, xy;
};

/* Reads x (N,D) and y (M,D); `unbiased` leaves out the pairs of a sample with itself. */
struct pair_counts pair_sides_read(struct call *call, struct pair_side *x, struct pair_side *y,
                                   int unbiased);

/* The sum over all pairs; without those of sample i with itself when `skip`. */
real pair_sum(struct call *call, const struct pair_kernel *kernel, const struct pair_side *a,
              const struct pair_side *b, int skip);

/* g (D): the gradient at sample a (D) of the sum over b, without sample `skip` of b. */
void pair_gradient(struct call *call, real *g, const struct pair_kernel *kernel, const real *a,
                   const struct pair_side *b, size_t skip);
