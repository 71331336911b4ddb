// SPDX-License-Identifier: MIT
/* Distances of all pairs of two sets of points, in the norm of order p, and their gradients.
 *
 *     d[n,m,c]  = x1[n,c] - x2[m,c] + epsilon
 *     y[n,m]    = (sum_c |d|^p)^(1/p)
 *     s[n,m,c]  = sign(d) (|d| / y)^(p-1),   and 0 where d = 0 or y = 0
 *     dx1[n,c]  = sum_m dy[n,m] s[n,m,c],    dx2[m,c] = -sum_n dy[n,m] s[n,m,c]
 *
 * N and M points of C values; x1, dx1 (N,C), x2, dx2 (M,C), y, dy (N,M).
 *
 * Conventions: p (2): 1 is the city block, 2 the Euclidean distance, below 1 no norm but used all
 *     the same. Where a distance is 0 it has no gradient, and for p < 1 the slope at d = 0 is
 *     infinite; the subgradient 0 is taken in both, as PyTorch's cdist has it, where
 *     written-out code gives NaN or infinity. epsilon (0): PyTorch's pairwise_distance, which
 *     takes rows in pairs (the diagonal of y), adds 1e-6 to every difference, its cdist nothing.
 *     |x1|^2 + |x2|^2 - 2 x1 x2 is the same for p = 2 and faster (PyTorch above 25 points,
 *     scikit-learn), but loses the digits of points that are close to one another and far from 0.
 * Source: Boyd and Vandenberghe 2004, sections 2.2.3 and 3.1.5.
 * Edge cases: equal points; points with equal values somewhere. p <= 0 and a negative epsilon are
 *     refused.
 * Order of operations: d = (x1 - x2) + epsilon. p = 1: a chain of additions. p = 2: a fused chain,
 *     root; s = d / y. Else |d|^p = e^(p log |d|), a chain of additions, y = e^(log(sum) / p), the
 *     magnitude of s is e^((p - 1) log(|d| / y)). dx1: a fused chain over m; dx2: samples n in
 *     blocks, then the sign.
 */
#pragma once

#include "../call.h"

struct distances {
    size_t N, M, C, block;
    real p;
    const real *x1, *x2, *dy;
    real *y, *dx1, *dx2, *d, *s; /* d, s (N,M,C) */
};

/* Reads a call and fills d. */
struct distances distances_read(struct call *call);

/* y and s of pair number i = n M + m. */
void distances_pair(const struct distances *k, size_t i);

/* dx1 and dx2 from dy and s. */
void distances_backward(const struct distances *k);

/* Inputs x1, x2, dy, numbers p, epsilon; outputs y, dx1, dx2. */
void pairwise_distance_answer(struct call *call);
