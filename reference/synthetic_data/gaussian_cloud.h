// SPDX-License-Identifier: MIT
/* Samples of a normal distribution with a mean and a covariance: a cloud.
 *
 *     x[n] = mean + L z[n],   L L^T = covariance, L lower triangular
 *     x[n,d] = mean[d] + deviation[d] z[n,d]                 without a covariance
 *     s[n] = |z[n]|^2 = (x[n] - mean)^T covariance^-1 (x[n] - mean)
 *
 * N samples of D features; z (N,D) standard normal deviates, mean (D), covariance (D,D), of which
 * the lower triangle is read, or deviation (D); outputs x (N,D), factor L (D,D), distance s (N),
 * the squared Mahalanobis distance.
 *
 * Conventions: factor = lower (default: L; NumPy's Generator method "cholesky", TensorFlow's and
 *     PyTorch's MultivariateNormal with scale_tril) or deviates_first: x[n] = mean + z[n] L, which
 *     has the covariance L^T L, as NumPy 1.18 did by mistake (numpy#15871).
 * Source: document 004 C8 (5000 points of N((2,2), 0.25 I)); Box and Muller 1958 draw z; Golub and
 *     Van Loan 2013, section 4.2 (Cholesky).
 * Edge cases: a deviation of 0. Refused: a covariance that is not positive definite, a negative
 *     deviation, neither of the two, no samples.
 * Order of operations: Cholesky row after row, each element a fused chain from -covariance[i,j]
 *     of L[i,k] L[j,k], negated, divided by L[j,j] or rooted; x: a fused chain from the mean over
 *     the deviates in order; mean + (deviation z) is fused too. s: a fused chain.
 */
#pragma once

#include "../call.h"

struct cloud {
    size_t N, D;
    int transposed;
    const real *z, *mean;
    real *factor; /* (D,D), zeros above the diagonal */
};

struct cloud gaussian_cloud_read(struct call *call);

/* l (D,D) lower triangular with l l^T = a; only the lower triangle of a is read. Ends the call with
 * `name` in its sentence when a is not positive definite. */
void cholesky_factor(struct call *call, real *l, const real *a, size_t D, const char *name);

void gaussian_cloud_answer(struct call *call);
