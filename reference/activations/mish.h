// SPDX-License-Identifier: MIT
/* Mish.
 *
 *     y  = x tanh(p),  p = log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)
 *     dx = dy (tanh p + x (1 - tanh(p)^2) s(x)),  s(x) = 1 / (1 + e^-x)
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: none. Some libraries make p linear above 20, where tanh p is 1 in binary64 anyway.
 * Source: Misra 2019; document 004 S6 (the family of smooth rectifiers).
 * Edge cases: e^1000 is never formed; to the left of -20 y = x e^x keeps all its digits, which
 *     log(1 + e^x) without log1p does not.
 * Order of operations: e = exp(-|x|), p = max(x, 0) + log1p(e), t = tanh(p), y = x t;
 *     s = 1 / (1 + e), or e / (1 + e) for x < 0; dx = dy (t + x ((1 - t t) s)).
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void mish_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the input x (n). */
void mish_backward(real *dx, const real *dy, const real *x, size_t n);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void mish_answer(struct call *call);
