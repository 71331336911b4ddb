// SPDX-License-Identifier: MIT
/* Isotropic Gaussian blobs around centres, for clustering and linear classification.
 *
 *     centre[k,d] = low + (high - low) u[k,d]                    unless the centres are given
 *     p[i]        = centre[k] + deviation[k] z[i]                for the points i of blob k
 *     x[n] = p[order[n]],  y[n] = blob of order[n]
 *
 * N points of D features in K blobs; z (N,D) standard normal deviates of the points before the
 * shuffle, u (K,D) uniform in [0,1) or centers (K,D), order (N) a permutation (optional: none);
 * outputs x (N,D), y (N) whole, center (K,D), size (K) whole.
 *
 * Conventions: remainder = first (default: scikit-learn; each of the first N mod K blobs has one
 *     point more) or last; or input count (K) states all sizes.
 * Numbers: low (-10), high (10), the box of the centres; deviation (1) of all blobs, or input
 *     deviations (K), one each.
 * Source: document 004 C1 (150 points, 2 features, 2 centres, deviation 1.05, seed 42);
 *     scikit-learn's make_blobs.
 * Edge cases: an empty blob; deviation 0. Refused: no points, a negative deviation, counts that do
 *     not add up to N, a box whose high is below its low, neither u nor centers, an order that is
 *     no permutation.
 * Order of operations: (high - low) u, then low + it; deviation z, then centre + it: no fused
 *     operations.
 */
#pragma once

#include "permutation.h"

struct blobs {
    size_t N, D, K;
    real low, high;
    const real *z, *u, *given; /* u or given (K,D); the other is NULL */
    const int *order, *size;   /* size (K) */
    const real *deviation;     /* (K) */
};

struct blobs make_blobs_read(struct call *call);

void make_blobs_answer(struct call *call);
