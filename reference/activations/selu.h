// SPDX-License-Identifier: MIT
/* Scaled exponential linear unit.
 *
 *     y  = scale x if x > 0, else scale alpha (e^x - 1)
 *     dx = dy f'(x),  f'(x) = scale if x > 0, scale alpha e^x if x < 0, and `derivative_at_zero` if
 *          x = 0
 *
 *     alpha = 1.67326324235437728481704..., scale = 1.05070098735548049341933...: the pair for
 * which mean 0 and variance 1 are a fixed point when the inputs are normal, alpha = -sqrt(2/pi) /
 * (erfc(1/sqrt 2) sqrt e - 1), and scale from the variance.
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: derivative_at_zero = left (scale alpha: PyTorch, JAX, TensorFlow; this suite's
 *     default), right (scale), or mean. Constants have all digits of the precision: cut to 1.0507
 *     and 1.67326, as in MLX, they are 2.9e-6 off to the left.
 * Source: Klambauer, Unterthiner, Mayr and Hochreiter 2017, eq. 2 and 14; document 004 S6 (the
 *     family).
 * Edge cases: as the ELU: no subtraction near 0, no exponential of positive numbers.
 * Order of operations: y = scale * x or (scale alpha) * expm1(x), the product of both constants
 *     rounded once; dx = dy * ((scale alpha) * exp(x)).
 */
#pragma once

#include "../call.h"

#define SELU_SCALE       R(1.0507009873554804934193349852946063519590)
#define SELU_SCALE_ALPHA R(1.7580993408473768599402175208122795773235)

/* y (n) from x (n). */
void selu_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the input x (n); at_zero is the derivative at x = 0. */
void selu_backward(real *dx, const real *dy, const real *x, size_t n, real at_zero);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void selu_answer(struct call *call);
