// SPDX-License-Identifier: MIT
/* Softsign.
 *
 *     y = x / (1 + |x|),   dx = dy / (1 + |x|)^2
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: none; the slope at 0 is 1 from both sides.
 * Source: Turian, Bergstra and Bengio 2009; Glorot and Bengio 2010; documents 001 Q12, 004 T7
 *     (saturation).
 * Edge cases: for |x| of 1e20 the square of 1 + |x| overflows in binary32, so it is not formed. The
 *     slope has a corner at 0, so the sign of x is a decision.
 * Order of operations: d = 1 + |x|, y = x / d, dx = (dy / d) / d.
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void softsign_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the input x (n). */
void softsign_backward(real *dx, const real *dy, const real *x, size_t n);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void softsign_answer(struct call *call);
