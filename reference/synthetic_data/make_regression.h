// SPDX-License-Identifier: MIT
/* A linear regression problem with a known answer.
 *
 *     beta[i,t] = 100 g[i,t] for the I informative features, 0 for the others
 *     f         = z, or, of low effective rank,  left diag(s) right^T  with
 *                 s[k] = (1 - tail) e^(-(k / rank)^2) + tail e^(-k / (10 rank))
 *     t         = f beta + bias + noise e
 *     x[n,d] = f[order[n],feature_order[d]],  y[n] = t[order[n]],
 *     coefficient[d] = beta[feature_order[d]]
 *
 * N samples, D features, T targets; z (N,D) normal deviates, or left (N,K) and right (D,K),
 * orthonormal columns, K = min(N,D) in the library; g (I,T) uniform draws, e (N,T) normal deviates
 * (optional: no noise), order (N), feature_order (D) (optional: no shuffle). Outputs x (N,D), y
 * (N,T), coefficient (D,T).
 *
 * Conventions: coefficients = drawn (default: scikit-learn) or given (beta = g), as others have it.
 * Numbers: noise (0), the deviation of the noise; bias (0); rank and tail (0.5) with left and
 *     right, where left out rank is no number and z is used.
 * Source: document 004 C7 (5000 samples, 30 features, noise 10); scikit-learn's make_regression
 *     and make_low_rank_matrix.
 * Edge cases: all features informative. Refused: no samples, more informative features than
 *     features, a negative noise, a rank not above 0, a tail beyond 0..1.
 * Order of operations: left s, then a fused chain over k; 100 g; a fused chain from 0 over the
 *     informative features in order, + bias, + (noise e), rounded one by one.
 */
#pragma once

#include "permutation.h"

struct regression {
    size_t N, D, T, I, K;
    int low_rank, given;
    real noise, bias, rank, tail;
    const real *z, *left, *right, *g, *e;
    const int *order, *feature_order;
};

struct regression make_regression_read(struct call *call);

void make_regression_answer(struct call *call);
