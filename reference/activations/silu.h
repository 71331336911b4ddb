// SPDX-License-Identifier: MIT
/* Sigmoid linear unit (SiLU), or swish when beta is not 1.
 *
 *     y     = x s(t),  t = beta x,  s(t) = 1 / (1 + e^-t)
 *     dx    = dy s(t) (1 + t s(-t))
 *     dbeta = sum over everything of dy x^2 s(t) s(-t)
 *
 * x, y, dx, dy (N,C): N samples of C values. beta is a scalar, an input because it may be learnt.
 *
 * Conventions: without input beta it is 1 and has no gradient (SiLU in every framework).
 * Source: Elfwing, Uchibe and Doya 2018; Ramachandran, Zoph and Le 2017 (beta); document 004 S6
 *     (the family).
 * Edge cases: x of -1000 gives -0 or a subnormal; the complement 1 - s is taken as s(-t), which
 *     does not cancel.
 * Order of operations: t = beta * x, e = exp(-|t|), s = (1 or e) / (1 + e), c = (e or 1) / (1 +
 *     e); y = x * s; dx = dy * (s * (1 + t * c)); dbeta: (dy * ((x * x) * (s * c))), a chain of
 *     additions over the values of a sample from 0, then over samples in blocks.
 */
#pragma once

#include "../call.h"

/* s (n) and c (n), the sigmoids of t and of -t. */
void silu_gates(real *s, real *c, const real *x, real beta, size_t n);

/* y (n) from x (n) and the gate s (n). */
void silu_forward(real *y, const real *x, const real *s, size_t n);

/* dx (n) from dy (n), the input x (n) and both gates. */
void silu_backward(real *dx, const real *dy, const real *x, const real *s, const real *c, real beta,
                   size_t n);

/* dbeta; `term` (N C) is scratch. */
real silu_beta_gradient(real *term, const real *dy, const real *x, const real *s, const real *c,
                        size_t N, size_t C, size_t block);

/* Inputs x (N,C), beta () or none, and dy when gradients are wanted; outputs y, dx, and dbeta if
 * there is a beta. */
void silu_answer(struct call *call);
