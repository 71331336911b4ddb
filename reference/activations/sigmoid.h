// SPDX-License-Identifier: MIT
/* Sigmoid (logistic) activation.
 *
 *     y  = 1 / (1 + e^-x)      for x >= 0
 *        = e^x / (1 + e^x)     for x < 0, the same number without overflow
 *     dx = dy y (1 - y)
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: the derivative is taken from the output, as nearly every library does. It loses
 *     relative accuracy where y rounds to 1; the bounds follow it there.
 * Source: documents 000-003 Q15, 004 T5.
 * Edge cases: |x| of 1000 gives exactly 1 (x > 0) or 0 or a subnormal (x < 0), never an overflow.
 * Order of operations: e = exp(-|x|), s = 1 + e, y = 1 / s or e / s; dx = (dy y) (1 - y).
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void sigmoid_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the output y (n). */
void sigmoid_backward(real *dx, const real *dy, const real *y, size_t n);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void sigmoid_answer(struct call *call);
