// SPDX-License-Identifier: MIT
/* Standardization (z-scores): each feature to mean 0 and standard deviation 1.
 *
 *     mean[d]               = sum_n x[n,d] / N
 *     standard_deviation[d] = sqrt(sum_n (x[n,d] - mean[d])^2 / (N - ddof))
 *     z[n,d]                = (x[n,d] - mean[d]) / scale[d]
 *
 * N training samples, D features; x (N,D). scale is the standard deviation, or 1 for a constant
 * column. The statistics belong to x alone; other data x_new (M,D) is scaled by them into z_new.
 *
 * Conventions: deviation = population (ddof 0: scikit-learn, default) or sample (ddof 1: R,
 *     pandas).
 *     A column is constant when all its values are equal: then its mean is that value, its standard
 *     deviation is exactly 0 and z = x - mean = 0, however the mean would have been rounded.
 * Source: documents 000-003 Q14, 004 G10, C2, C6, C7 (fit on the training data, apply to the rest).
 * Edge cases: deviation = sample with N = 1, and N = 0, are refused.
 * Order of additions: sums over samples; two passes, never E[x^2] - E[x]^2. Then a division by the
 *     count, a root, and for z a difference and a quotient.
 */
#pragma once

#include "../call.h"

/* mean and deviation (D) of x (N,D). centred (N,D) receives x - mean. */
void standardization_fit(real *mean, real *deviation, real *centred, const real *x, size_t ddof,
                         size_t N, size_t D, size_t block);

/* z (N,D) from x (N,D) and statistics (D). */
void standardization_apply(real *z, const real *x, const real *mean, const real *deviation,
                           size_t N, size_t D);

/* Inputs x, optionally x_new; outputs mean, standard_deviation, z, and z_new. */
void standardization_answer(struct call *call);
