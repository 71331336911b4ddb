// SPDX-License-Identifier: MIT
/* Continuously differentiable exponential linear unit.
 *
 *     y  = x if x > 0, else alpha (e^(x / alpha) - 1)
 *     dx = dy if x > 0, else dy e^(x / alpha)
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: number alpha = 1, above 0. For alpha = 1 it is the ELU; otherwise the ELU has a kink
 *     at 0 and this has none.
 * Source: Barron 2017; document 004 S6 (the family).
 * Edge cases: near 0 e^x - 1 is not formed by subtraction; at -1000 y is -alpha. The slope has a
 *     corner at 0, so the sign of x is a decision.
 * Order of operations: t = x / alpha, y = alpha * expm1(t), dx = dy * exp(t).
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void celu_forward(real *y, const real *x, size_t n, real alpha);

/* dx (n) from dy (n) and the input x (n). */
void celu_backward(real *dx, const real *dy, const real *x, size_t n, real alpha);

/* The number alpha of a call. */
real celu_alpha_of(struct call *call);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void celu_answer(struct call *call);
