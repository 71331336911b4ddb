// SPDX-License-Identifier: MIT
/* Sharpness: the largest eigenvalue of the loss's Hessian H, by power iteration. H is never made: a
 * product H v is exact, and costs two passes over the data.
 *
 *     v_0 = start / |start|;  for s = 1 .. S:  y = (H + shift) v_(s-1),  v_s = y / |y|
 *         eigenvalue[s] = v_(s-1) y - shift,  or |y| - shift;   residual[s] = |y - (v_(s-1) y)
 *         v_(s-1)|
 *     stable = 1 where eigenvalue[S] <= 2 / rate: gradient descent of that rate stays in the
 *     minimum logistic: q = sigmoid(x w);  H v = mean over n of q (1 - q) (x v) x + l2 v
 *     network:  a = tanh(x w1 + b1), o = a w2 + b2, loss = mean of (f/2) (o - t)^2 + l2/2 |p|^2,
 *               of parameters p = (w1, b1, w2, b2); with v = (w1', b1', w2', b2') and ' for the
 *               derivative along v:
 *                   a' = (1 - a^2) (x w1' + b1'),  o' = a' w2 + a w2' + b2',  e = f (o - t), e' = f
 *                   o' (H v) for b2: e';  for w2: a' e + a e';  for b1: d;  for w1: x d, where
 *                   d = (1 - a^2) (w2' e + w2 e') - 2 a a' w2 e;  the mean of each, + l2 v
 *
 * N samples of D features, H hidden units, P parameters, S steps. x (N,D); logistic: w (P), P = D;
 * network: w1 (D,H), b1 (H), w2 (H), b2, t (N), P = D H + 2 H + 1. start (P). Labels do not matter
 * to the logistic Hessian.
 *
 * Conventions: model = logistic (default) or network; estimate = rayleigh (default) or norm (never
 *     negative: loses the sign of the eigenvalue); reduction = mean (default) or sum; error =
 *     squared (default, f = 2, as libraries have it) or half_squared (f = 1); curvature = hessian
 *     (default) or gauss_newton: the terms with e left out, so never negative.
 * Numbers: steps, rate (1), l2 (0), shift (0), block. A shift above minus the lowest eigenvalue
 * finds
 *     the largest one where a negative one is larger in magnitude.
 * Source: document 004 G5, S5 (flat minima generalise better); Pearlmutter 1994; Keskar and others
 * 2017;
 *     Yao and others 2020 (PyHessian); Cohen and others 2021 (2 / rate).
 * Edge cases: a start of one eigenvector stays there. Refused: no sample, a start of 0, a product
 * that
 *     is 0 (a flat plane), a negative l2, a rate that is not positive, no step.
 * Order of operations: chains over features and units, from the bias; o' continues the chain of a'
 * w2
 *     from b2' by a w2'. q = 1 / (1 + exp(-|z|)), or exp(-|z|) times that for z < 0 as a quotient;
 *     the factor is q (1 - q) (x v). d: 1 - a^2, then (w2' e + w2 e') times it, less ((2 a) a') (w2
 *     e). Sums over samples in blocks, of d x and factor x as products, divided by N for mean; +
 *     (l2 + shift) v. Norms are roots of chains.
 */
#pragma once

#include "../call.h"

struct sharpness {
    int network, norm, sum, gauss_newton;
    size_t N, D, H, P, S, block;
    const real *x, *w, *w1, *b1, *w2, *t, *start;
    real b2, f, l2, shift, rate;
    real *a, *e, *slope;     /* (N,H), (N), (N): 1 - q times q; what does not depend on v */
    real *turn, *out, *down; /* scratch: (N,H), (N,H), (N) */
};

struct sharpness sharpness_read(struct call *call);

/* y (P) = (H + shift) v. */
void sharpness_product(real *y, struct sharpness *loss, const real *v);

/* Outputs eigenvalue, residual (S), direction (P) v_S, stable. */
void sharpness_answer(struct call *call);
