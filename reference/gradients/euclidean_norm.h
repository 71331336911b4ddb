// SPDX-License-Identifier: MIT
/* Euclidean norm of rows, and its gradient, which has no value of its own at 0.
 *
 *     y[n]    = sqrt(sum_c x[n,c]^2 + epsilon)
 *     dx[n,c] = dy[n] x[n,c] / y[n],   and 0 where y[n] = 0
 *
 * N rows of C values; x, dx (N,C); y, dy (N).
 *
 * Conventions: where a row is 0 and epsilon is 0 the quotient is 0 / 0. The subgradient 0 is taken,
 * as PyTorch's norm and JAX's safe norms do; sqrt(sum x^2) written out gives NaN there in most
 *     frameworks. Number epsilon (0): inside the root, as smoothed norms have it.
 * Source: Boyd and Vandenberghe 2004, section 3.1.5 (the subgradients at 0 are the unit ball);
 *     documents 004 T8 and T25 (norms of gradients).
 * Edge cases: a row of zeros; rows whose squares are tiny.
 * Order of operations: one fused chain over the row from 0, then + epsilon (also when it is 0),
 *     root; (dy x) / y.
 */
#pragma once

#include "../call.h"

/* y (N) from x (N,C). */
void euclidean_norm_forward(real *y, const real *x, real epsilon, size_t N, size_t C);

/* dx (N,C) from dy (N), x (N,C) and y (N). */
void euclidean_norm_backward(real *dx, const real *dy, const real *x, const real *y, size_t N,
                             size_t C);

/* Inputs x, dy, number epsilon; outputs y, dx. */
void euclidean_norm_answer(struct call *call);
