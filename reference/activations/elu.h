// SPDX-License-Identifier: MIT
/* Exponential linear unit.
 *
 *     y  = x if x > 0, else alpha (e^x - 1)
 *     dx = dy f'(x),  f'(x) = 1 if x > 0, alpha e^x if x < 0, `derivative_at_zero` if x = 0
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: number alpha = 1, not negative. derivative_at_zero = left (alpha: PyTorch, JAX,
 *     TensorFlow; this suite's default), right (1), or mean; they differ unless alpha is 1.
 *     The derivative is taken from the input; from the output, as y + alpha, it loses its digits
 *     where y is close to -alpha.
 * Source: Clevert, Unterthiner and Hochreiter 2016, eq. 15; document 004 S6.
 * Edge cases: e^x - 1 must not be formed by a subtraction: at x = -1e-6 that leaves 1 digit in
 *     binary32. x of -1000 gives -alpha, x of 1000 is never put into an exponential.
 * Order of operations: y = alpha * expm1(x); dx = dy * (alpha * exp(x)).
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void elu_forward(real *y, const real *x, size_t n, real alpha);

/* dx (n) from dy (n) and the input x (n); at_zero is the derivative at x = 0. */
void elu_backward(real *dx, const real *dy, const real *x, size_t n, real alpha, real at_zero);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void elu_answer(struct call *call);
