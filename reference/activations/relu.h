// SPDX-License-Identifier: MIT
/* Rectified linear unit.
 *
 *     y  = x if x > 0, else 0
 *     dx = dy f'(x),  f'(x) = 1 if x > 0, 0 if x < 0, and `derivative_at_zero` if x = 0
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: derivative_at_zero = zero (PyTorch's relu, TensorFlow, this suite's default),
 *     half (JAX's and PyTorch's maximum(x, 0)) or one (clamp). Any of [0, 1] is a subgradient.
 * Source: Nair and Hinton 2010; documents 000-003 Q15, 004 T5.
 * Edge cases: y is +0 for x = -0. Every x that is not 0 is a decision (see call_decisions).
 * Order of operations: no rounding anywhere: dx is dy, +0, or dy times the derivative at 0 (so -0
 *     where dy < 0 and that is 0).
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void relu_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the input x (n); at_zero is the derivative at x = 0. */
void relu_backward(real *dx, const real *dy, const real *x, size_t n, real at_zero);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void relu_answer(struct call *call);
