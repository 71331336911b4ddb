// SPDX-License-Identifier: MIT
/* Softplus.
 *
 *     y  = log(1 + e^(beta x)) / beta = (max(beta x, 0) + log(1 + e^-|beta x|)) / beta
 *     dx = dy s(beta x),  s(t) = 1 / (1 + e^-t)
 *     with tail = linear, where beta x > threshold:  y = x, dx = dy
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: number beta = 1, above 0. tail = smooth (TensorFlow, JAX, NumPy's logaddexp; this
 *     suite's default), or linear (PyTorch), with number threshold = 20: a jump of 2e-9 there.
 * Source: Dugas et al. 2001; Glorot, Bordes and Bengio 2011; document 004 S6 (the family).
 * Edge cases: e^1000 is never formed; at -1000 the value is 0 or subnormal, and below -20 it keeps
 *     all its digits, which log(1 + e) without log1p does not. With tail = linear, each
 *     beta x - threshold is a decision.
 * Order of operations: t = beta * x, e = exp(-|t|), y = (max(t, 0) + log1p(e)) / beta;
 *     dx = dy * (1 / (1 + e)), or dy * (e / (1 + e)) for t < 0.
 */
#pragma once

#include "../call.h"

struct softplus_rules {
    real beta;
    int has_threshold;
    real threshold;
};

/* y (n) from x (n). */
void softplus_forward(real *y, const real *x, size_t n, const struct softplus_rules *rules);

/* dx (n) from dy (n) and the input x (n). */
void softplus_backward(real *dx, const real *dy, const real *x, size_t n,
                       const struct softplus_rules *rules);

/* The conventions of a call. */
struct softplus_rules softplus_rules_of(struct call *call);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void softplus_answer(struct call *call);
