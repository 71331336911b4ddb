// SPDX-License-Identifier: MIT
/* Hard tanh: a value clipped to an interval. With min = 0 and max = 6 it is ReLU6.
 *
 *     y  = min if x < min, max if x > max, else x
 *     dx = dy f'(x),  f'(x) = 1 if min < x < max, 0 outside, and by `derivative_at_bounds` if x is
 * min or max
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: numbers min = -1 and max = 1, min below max. derivative_at_bounds = outside (0:
 *     PyTorch's hardtanh and relu6; this suite's default), inside (1: PyTorch's clamp, JAX's
 *     hard_tanh), or mean (1/2: JAX's relu6, a minimum of a maximum).
 * Source: Collobert 2004; Krizhevsky 2010 (ReLU6); document 004 T5 (saturation).
 * Edge cases: y is x itself inside, -0 too. Every x - min and x - max that is not 0 is a decision.
 * Order of operations: no rounding anywhere; dx is dy times 0, 1/2 or 1.
 */
#pragma once

#include "kink.h"

/* y (n) from x (n). */
void hard_tanh_forward(real *y, const real *x, size_t n, real min, real max);

/* dx (n) from dy (n) and the input x (n); at_bounds is the derivative at x = min and x = max. */
void hard_tanh_backward(real *dx, const real *dy, const real *x, size_t n, real min, real max,
                        real at_bounds);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void hard_tanh_answer(struct call *call);
