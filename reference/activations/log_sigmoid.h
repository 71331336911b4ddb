// SPDX-License-Identifier: MIT
/* Logarithm of the sigmoid.
 *
 *     y  = log(1 / (1 + e^-x)) = min(x, 0) - log(1 + e^-|x|)
 *     dx = dy s(-x),  s(t) = 1 / (1 + e^-t)
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values. It is minus the softplus of -x.
 *
 * Conventions: none.
 * Source: Goodfellow, Bengio and Courville 2016, section 6.2.2.2; documents 000-003 Q15, 004 T5
 *     (the sigmoid).
 * Edge cases: at -1000 y is -1000 and at 1000 it is 0 or subnormal; to the right y = -e^-x keeps
 *     all its digits, which the logarithm of a rounded sigmoid does not.
 * Order of operations: e = exp(-|x|), y = min(x, 0) - log1p(e);
 *     dx = dy * (e / (1 + e)), or dy * (1 / (1 + e)) for x < 0.
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void log_sigmoid_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the input x (n). */
void log_sigmoid_backward(real *dx, const real *dy, const real *x, size_t n);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void log_sigmoid_answer(struct call *call);
