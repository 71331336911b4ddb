// SPDX-License-Identifier: MIT
/* Moments of samples against those of the distribution they should come from.
 *
 *     mean[d]         = sum_n x[n,d] / N
 *     covariance[i,j] = sum_n (x[n,i] - mean[i]) (x[n,j] - mean[j]) / (N - ddof)
 *     mean_error       = |mean - target_mean|
 *     covariance_error = |covariance - target_covariance| (Frobenius)
 *     mahalanobis      = (mean - target_mean)^T target_covariance^-1 (mean - target_mean)
 *     dx[n,d] = dmean[d] / N + sum_j (dcovariance[d,j] + dcovariance[j,d]) (x[n,j] - mean[j])
 *                              / (N - ddof)
 *
 * N samples of D features; x, dx (N,D), mean, dmean, target_mean (D), covariance, dcovariance,
 * target_covariance (D,D); the errors are scalars. dx is there with dmean and dcovariance. The
 * derivative of the mean inside the covariance adds up to 0.
 *
 * Numbers: ddof (1: numpy.cov, which FID uses; 0: maximum likelihood, torch.cov with correction=0).
 * Source: document 004 C8 (a generator that learns N((2,2), 0.25 I)).
 * Edge cases: a singular covariance is an answer; a target that is singular is refused. Refused
 *     too: no samples, ddof that leaves nothing to divide by.
 * Order of operations: sums over samples in blocks, fused; divisions. Errors: a chain of squared
 *     differences in row order, root. mahalanobis: Cholesky as in synthetic_data/gaussian_cloud.h,
 *     L u = mean - target_mean by forward substitution, each a fused chain from the negated right
 *     side; a chain of u u. dx: a chain over j of the sums, divided by N - ddof, + dmean / N.
 */
#pragma once

#include "../call.h"

struct sample_moments {
    size_t N, D, block, ddof;
    const real *x, *target_mean, *target_covariance;
    const real *dmean, *dcovariance; /* or NULL */
    real *mean, *covariance, *mean_error, *covariance_error, *mahalanobis, *dx;
};

/* Inputs and outputs. */
struct sample_moments sample_moments_read(struct call *call);

/* mean (D) and covariance (D,D) of x (N,D); c (N,D): x freed of its mean. */
void sample_moments_find(real *mean, real *covariance, real *c, const real *x, real divisor,
                         size_t N, size_t D, size_t block);

void sample_moments_answer(struct call *call);
