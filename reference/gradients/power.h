// SPDX-License-Identifier: MIT
/* Power with a base and an exponent that both have gradients, and values at base 0.
 *
 *     y[n,c]  = x[n,c]^p[c]
 *     dx[n,c] = dy[n,c] p[c] x[n,c]^(p[c] - 1)
 *     dp[c]   = sum_n dy[n,c] y[n,c] log x[n,c],   where x = 0 adds nothing
 *
 * N rows of C values, x >= 0; x, y, dx, dy (N,C), p and dp (C).
 *
 * Conventions: at x = 0: y = 1 for p = 0, else 0; dx = dy for p = 1, else 0 (also for p = 0, where
 *     written-out code gives 0 times infinity); the exponent's term is 0, as in PyTorch and
 *     TensorFlow, not 0 times log 0.
 * Source: IEEE 754-2019, section 9.2 (pown, powr); document 004 T8 (NaN).
 * Edge cases: x = 0; p = 0, 1. Negative bases are refused, and so is base 0 with an exponent below
 * 0,
 *     or between 0 and 1, where its slope is infinite.
 * Order of operations: l = log x; y = exp(p l); dx = (dy p) y / x; the terms (dy y) l are added
 * over
 *     samples in blocks.
 */
#pragma once

#include "../call.h"

struct power {
    size_t N, C, block;
    const real *x, *p, *dy;
    real *y, *dx, *dp, *term; /* term (N,C): what is added up for dp */
};

struct power power_read(struct call *call);

/* y, dx and term of all elements; and dp from the terms. */
void power_elements(const struct power *w);
void power_sums(const struct power *w);

/* Inputs x, p, dy; outputs y, dx, dp. */
void power_answer(struct call *call);
