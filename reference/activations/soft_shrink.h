// SPDX-License-Identifier: MIT
/* Soft shrinkage: every value moves towards 0 by lambda, and stops there.
 *
 *     y  = x - lambda if x > lambda, x + lambda if x < -lambda, else 0
 *     dx = dy where |x| > lambda, 0 where |x| < lambda; at |x| = lambda by
 *     `derivative_at_threshold`
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values. It is the proximal step of the L1
 * penalty lambda |x|.
 *
 * Conventions: number lambda = 0.5, not negative. derivative_at_threshold = zero (PyTorch, ONNX's
 *     Shrink; this suite's default), one (of relu(|x| - lambda) where the ReLU's derivative at 0 is
 *     1), or mean (1/2: of maxima, as JAX has it).
 * Source: Donoho and Johnstone 1994, eq. 10; PyTorch documentation of Softshrink.
 * Edge cases: every x - lambda and x + lambda that is not 0 is a decision: the slope jumps there. A
 *     lambda of 0 leaves everything as it is.
 * Order of operations: one subtraction or addition; dx is dy times 0, 1/2 or 1.
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void soft_shrink_forward(real *y, const real *x, size_t n, real lambda);

/* dx (n) from dy (n) and the input x (n); at_threshold is the derivative at lambda and -lambda. */
void soft_shrink_backward(real *dx, const real *dy, const real *x, size_t n, real lambda,
                          real at_threshold);

/* The number lambda of a call, and the derivative at lambda and -lambda. */
real soft_shrink_lambda_of(struct call *call);
real soft_shrink_at_threshold_of(struct call *call);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void soft_shrink_answer(struct call *call);
