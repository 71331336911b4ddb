// SPDX-License-Identifier: MIT
/* The noise by which batch normalisation regularises: one sample normalised in several batches.
 *
 *     y[m,c]      = (x[s,c] - mean_m[c]) / sqrt(variance_m[c] + epsilon)     s = sample
 *     mean[c]     = sum_m y[m,c] / M
 *     variance[c] = sum_m (y[m,c] - mean[c])^2 / M,   or / (M - 1)
 *     noise       = sum_c variance[c] / C
 *     dx[n,c]     = gradient of sum dy y: every member of a batch gets a part of it
 *
 * x (N,C) is a pool of N samples, batch (M,B) the numbers of the B members of M batches, mean_m and
 * variance_m are over the members of batch m, divided by B. dy (M,C).
 *
 * Conventions: spread = population (default: / M) or sample (/ (M - 1)). In training the companions
 *     of a sample change from batch to batch, and so does its value; at inference statistics are
 *     fixed and there is no noise. It falls with B, as the variance of a mean does.
 * Source: Ioffe and Szegedy 2015, section 3.4; Luo et al. 2019; documents 000-003 Q16, 004 G3, S4.
 * Edge cases: a batch may have a member twice (drawn with replacement). B = 1 gives 0 whatever x
 *     is. The sample has to be in every batch. epsilon <= 0, and one batch with spread = sample,
 *     are refused.
 * Order of operations: chains along the members in their order, the squares fused; / B; inverse = 1
 *     / sqrt(variance + epsilon); (x - mean) inverse. In dx member k has g ([k is s] - (1 + y_k
 *     y_s) / B), g = dy inverse; members added in their order, batches in blocks. Sums over batches
 *     in blocks.
 */
#pragma once

#include "../call.h"

struct noise {
    int of_sample; /* divided by M - 1 */
    size_t N, C, M, B, s, block;
    real epsilon;
    const real *x, *dy; /* dy: NULL without */
    const int *batch;
    real *y, *mean, *variance, *noise, *dx; /* outputs */
    real *gap, *column, *share;             /* (B), (M), (M,N,C) */
};

/* Reads inputs, makes outputs. */
struct noise noise_read(struct call *call);

/* mean, variance and noise from y. */
void noise_measure(const struct noise *r);

/* Inputs x, batch, and dy when a gradient is wanted; outputs y, mean, variance, noise, dx. */
void batch_noise_answer(struct call *call);
