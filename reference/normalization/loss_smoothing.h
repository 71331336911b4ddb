// SPDX-License-Identifier: MIT
/* How smooth a loss is along its own gradient, with batch normalization and without.
 *
 *     z = x w;   u = z or (z - mean) / sqrt(variance + epsilon);   p[n] = sum_o tanh(u[n,o]) v[o]
 *     L(w) = (1/N) sum_n (p[n] - t[n])^2,   g(w) = dL / dw
 *     w_s = w - rate[s] g(w):   loss[s] = L(w_s),   distance[s] = |g(w_s) - g(w)|
 *     smoothness[s] = distance[s] / (rate[s] |g(w)|): how fast the gradient turns, the local
 *         Lipschitz constant of the gradient
 *
 * N samples, I inputs, O units, S steps; x (N,I), t (N), w (I,O), v (O), rate (S). |.| is the
 * Euclidean norm over all of w; mean and variance are those of a column of z over all samples.
 *
 * Conventions: normalization = batch (default) or none. Number epsilon (1e-5, above 0).
 * Source: Santurkar, Tsipras, Ilyas and Madry 2018, section 3.1 and figure 4; documents 003 Q16,
 * 004
 *     G3 and S6 (a smoother landscape).
 * Edge cases: a rate that is not above 0 is refused, and so are one sample, and a gradient of
 * exactly
 *     0, which has no direction.
 * Order of operations: z: a chain over i; p a chain over o; loss, mean, variance and g sums over
 * samples
 *     in blocks; dp = (2 (p - t)) / N, du = (dp v) ((1 - a) (1 + a)), then as in
 *     batch_normalization.h with gamma 1. Norms: one chain over (i,o), then the root.
 */
#pragma once

#include "../call.h"

struct smoothing_network {
    size_t N, I, O, block;
    int normalized;
    real epsilon;
    const real *x, *t, *v;
    real *z, *a, *x_hat, *dz, *p;              /* (N,O) four times, (N) */
    real *mean, *squares, *s, *dgamma, *dbeta; /* (O) */
};

/* g (I,O) at w; returns the loss. */
real smoothing_gradient(real *g, const real *w, const struct smoothing_network *net);

/* Outputs loss_before, gradient_norm, loss (S), distance (S), smoothness (S). */
void loss_smoothing_answer(struct call *call);
