// SPDX-License-Identifier: MIT
/* Mean squared error.
 *
 *     loss    = f sum_n sum_k (y[n,k] - t[n,k])^2 / W
 *     dy[n,k] = dloss 2 f (y[n,k] - t[n,k]) / W
 *
 * N samples, K outputs; y predictions and t targets (N,K). dloss is 1 unless the scalar input
 * dloss is given.
 *
 * Conventions:
 *   reduction = mean (default): W = N K; sum: W = 1; mean_of_sums: W = N (the sum over outputs,
 *     averaged over samples).
 *   half = no (default): f = 1; yes: f = 1/2, as textbooks of derivations write it.
 * Source: documents 000-003 Q9, 004 G8 and C7 ("average of the squared differences").
 * Edge cases: y = t gives exactly 0.
 * Order of additions: d = y - t; per sample a chain of d d over k; then a sum over samples;
 *     then times f, then divided by W. dy = ((2 f) / W) d dloss, from left to right.
 */
#pragma once

#include "../call.h"

/* The loss, from y and t (N,K). */
real mean_squared_error_forward(const real *y, const real *t, real f, real W, size_t N, size_t K,
                                size_t block, real *square_n, real *difference);

/* dy (N,K) from y and t (N,K). */
void mean_squared_error_backward(real *dy, real dloss, const real *y, const real *t, real f, real W,
                                 size_t N, size_t K);

/* Inputs y, t, optionally dloss; outputs loss and dy. */
void mean_squared_error_answer(struct call *call);
