// SPDX-License-Identifier: MIT
/* Hyperbolic tangent activation.
 *
 *     y  = (e^x - e^-x) / (e^x + e^-x)
 *     dx = dy (1 - y^2)
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: the derivative is taken from the output (see sigmoid.h).
 * Source: documents 000-003 Q15, 004 T5.
 * Edge cases: |x| of 1000 gives exactly +-1 and derivative 0; tanh(-0) = -0.
 * Order of operations: y is one rounding of the exact value; dx = dy (1 - y y), each rounded.
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void tanh_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the output y (n). */
void tanh_backward(real *dx, const real *dy, const real *y, size_t n);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void tanh_answer(struct call *call);
