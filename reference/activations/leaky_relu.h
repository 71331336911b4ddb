// SPDX-License-Identifier: MIT
/* Leaky rectified linear unit.
 *
 *     y  = x if x > 0, else slope x
 *     dx = dy f'(x),  f'(x) = 1 if x > 0, slope if x < 0, and `derivative_at_zero` if x = 0
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: number slope = 0.01 (PyTorch, ONNX, MLX; Keras has 0.2 in its function and 0.3 in
 * its layer). derivative_at_zero = left (the slope: PyTorch, TensorFlow; this suite's default),
 *     right (1: a select on x >= 0, as in JAX), or mean (half of both: JAX's maximum(x, slope x)).
 * Source: Maas, Hannun and Ng 2013; documents 000 Q15, 001 Q15, 004 T7, S6.
 * Edge cases: a slope of 0 is the ReLU, of 1 the identity; it may be negative. y is -0 for x = -0
 *     and a positive slope. Every x that is not 0 is a decision.
 * Order of operations: y = slope * x; dx = dy * slope; mean = (1 + slope) / 2 first.
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void leaky_relu_forward(real *y, const real *x, size_t n, real slope);

/* dx (n) from dy (n) and the input x (n); at_zero is the derivative at x = 0. */
void leaky_relu_backward(real *dx, const real *dy, const real *x, size_t n, real slope,
                         real at_zero);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void leaky_relu_answer(struct call *call);
