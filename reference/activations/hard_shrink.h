// SPDX-License-Identifier: MIT
/* Hard shrinkage: small values become 0.
 *
 *     y  = x where |x| > lambda, 0 where |x| < lambda
 *     dx = dy or 0 likewise; at |x| = lambda by `at_threshold`
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: number lambda = 0.5, not negative. at_threshold = zero (PyTorch, ONNX's Shrink
 *     without bias; this suite's default) or keep (wavelet toolboxes, as PyWavelets' hard
 *     threshold).
 * Source: Donoho and Johnstone 1994, eq. 9; PyTorch documentation of Hardshrink.
 * Edge cases: y jumps at lambda and -lambda, so every x - lambda and x + lambda is a decision. A
 *     lambda of 0 leaves everything as it is.
 * Order of operations: no rounding anywhere.
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void hard_shrink_forward(real *y, const real *x, size_t n, real lambda, int keep);

/* dx (n) from dy (n) and the input x (n). */
void hard_shrink_backward(real *dx, const real *dy, const real *x, size_t n, real lambda, int keep);

/* Whether x stays. */
int hard_shrink_keeps(real x, real lambda, int keep);

/* The number lambda and the convention at_threshold of a call. */
real hard_shrink_lambda_of(struct call *call);
int hard_shrink_keep_of(struct call *call);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void hard_shrink_answer(struct call *call);
