// SPDX-License-Identifier: MIT
/* Logarithm of a sum of exponentials over the elements that a mask admits.
 *
 *     y[n]    = log sum over c with mask[n,c] = 1 of e^x[n,c]
 *     dx[n,c] = dy[n] e^x[n,c] / sum,   and 0 where mask[n,c] = 0
 *
 * N rows of C values; x, dx, mask (N,C); y, dy (N).
 *
 * Conventions: a masked element stands for minus infinity, which adds 0 and has no gradient. A row
 *     without any element would be minus infinity: the number empty (0) stands for it, and its
 *     gradient is 0, where written-out code has the difference of two infinities, NaN.
 *     The gradient as dy e^(x - y) (PyTorch, from the stored y) is the same number but has other
 *     digits: y is rounded by up to |y| u, which becomes a relative error of the gradient. For
 *     values of ordinary size, or shares far from 1, the rounding of x does as much and the bounds
 *     admit it. Where one element leads, its share is near 1 and hardly depends on x: the quotient
 *     keeps all digits and e^(x - y) loses up to |y| u. The case "leader" (|y| = 800) shows that.
 * Source: Blanchard, Higham and Higham 2021 (shifted by the largest; why the quotient).
 * Edge cases: rows with nothing left; large and very negative values. A mask of other numbers than
 *     0 and 1 is refused.
 * Order of operations: m = the largest admitted; a chain of additions of e^(x - m); y = m + log
 *     sum; (dy e^(x - m)) / sum.
 */
#pragma once

#include "../call.h"

struct log_sum {
    size_t N, C;
    real empty;
    const real *x, *dy;
    const int *mask;
    real *y, *dx, *e; /* e (C) of one row */
};

struct log_sum log_sum_read(struct call *call);

/* y and dx of row n; returns the number of admitted elements. */
size_t log_sum_row(const struct log_sum *s, size_t n);

/* Inputs x, mask, dy; outputs y, dx. */
void log_sum_exp_answer(struct call *call);
