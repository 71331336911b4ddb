// SPDX-License-Identifier: MIT
/* Bias-variance decomposition of squared errors, from the stored predictions of R refits.
 *
 *     mean[n]     = (1/R) sum_r p[r,n];      bias[n] = mean[n] - truth[n]
 *     variance[n] = (1/(R - ddof)) sum_r (p[r,n] - mean[n])^2
 *     bias_squared, variance_mean = means over the points n of bias[n]^2 and of variance[n]
 *     noise       = mean over t, n of (observed[t,n] - truth[n])^2,    0 without observations
 *     expected    = (bias_squared + variance_mean) + noise
 *     direct      = mean over r, n of (p[r,n] - truth[n])^2            = bias_squared + variance,
 * ddof 0
 *
 * R refits, N points, T repeated observations of every point; predictions (R,N), truth (N),
 * optional observed (T,N).
 *
 * Conventions: variance = population (default, ddof 0: the identity is exact) or sample (ddof 1,
 *     unbiased); bias = plain (default) or corrected (bias_squared - variance_mean / R: the mean of
 *     finitely many refits varies too; may be negative).
 * Source: Geman, Bienenstock and Doursat 1992; documents 000 Q42, 003 Q42, 004 T9.
 * Edge cases: one refit has population variance 0; sample variance of one refit is refused.
 * Order of operations: for each point chains over the refits (or observations) in order: additions
 * for the mean, fused multiply-adds for squares; each divided by its count. Over points: sums in
 *     blocks, of products for the bias, divided by N.
 */
#pragma once

#include "../call.h"

/* Inputs predictions, truth, optionally observed; outputs mean (N), bias (N), variance (N),
 * bias_squared, variance_mean, noise, expected, direct. */
void bias_variance_decomposition_answer(struct call *call);
