// SPDX-License-Identifier: MIT
/* Squareplus.
 *
 *     y  = (x + r) / 2,  r = sqrt(x^2 + b)
 *     dx = dy (1 + x / r) / 2 = dy y / r,  and `derivative_at_zero` where r = 0
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: number b = 4, not negative; 4 gives y(0) = 1, 4 log(2)^2 the softplus' value there,
 *     0 the ReLU. derivative_at_zero = left (0; this suite's default), right (1), or mean, and
 *     asked for at b = 0 and x = 0 alone.
 * Source: Barron 2021 (Squareplus: A Softplus-Like Algebraic Rectifier).
 * Edge cases: to the left x + r cancels: at x = -30000 and b = 4 nothing is left of it in binary32;
 *     b / (r - x) keeps its digits. x^2 is never formed: 1e30 has none in binary32. With b = 0,
 *     each x is a decision.
 * Order of operations: c = sqrt(b), big and small of |x| and c, q = small / big, r = big * sqrt(1 +
 *     q * q); y = (x + r) / 2, or (b / 2) / (r - x) for x < 0; dx = dy * (y / r).
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void squareplus_forward(real *y, const real *x, size_t n, real b);

/* dx (n) from dy (n), the input x (n) and the output y (n); at_zero is the derivative at a kink. */
void squareplus_backward(real *dx, const real *dy, const real *x, const real *y, size_t n, real b,
                         real at_zero);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void squareplus_answer(struct call *call);
