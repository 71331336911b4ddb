// SPDX-License-Identifier: MIT
/* Batch normalization of padded sequences: a mask says which positions count.
 *
 *     M = sum_{n,t} m[n,t]
 *     mean[c]     = (1/M) sum_{n,t} m[n,t] x[n,t,c]
 *     variance[c] = (1/M) sum_{n,t} m[n,t] (x[n,t,c] - mean[c])^2
 *     x_hat = (x - mean) / s,   s = sqrt(variance + epsilon),   y = gamma x_hat + beta
 *
 * N sequences of T positions with C channels; x, y, dx, dy (N,T,C), mask (N,T) of 0 and 1, gamma and
 * beta (C). With u = dy where y depends on x, dbeta = sum u and dgamma = sum u x_hat,
 *
 *     dx = (gamma / s) (u - m (dbeta / M) - m x_hat (dgamma / M))
 *
 * Conventions: masked = normalized (default: Keras; positions that do not count are brought to the
 *     same scale, and their upstream gradient flows through the statistics) or zero (y is 0 there,
 *     and u too).
 *     Number epsilon (1e-3 in Keras, this suite's default; above 0).
 * Source: Ioffe and Szegedy 2015, algorithm 1; Keras, BatchNormalization with a mask; documents 003
 *     Q16 and 004 T29 (padding).
 * Edge cases: nothing that counts is refused: 0 / 0. Where everything counts it is batch
 *     normalization. A constant channel gives y = beta up to the rounding of its mean over s.
 * Order of operations: sums over samples in blocks of `block` sequences, position after position
 *     within each, one fused multiply-add each; M is exact. Quotients, products and differences as
 *     written: dx = (gamma / s) ((u - a) - x_hat b), a = m (dbeta / M), b = m (dgamma / M).
 */
#pragma once

#include "../call.h"

/* Inputs x, mask, optionally gamma, beta, dy; outputs y, mean, variance; dx, dgamma, dbeta. */
void masked_normalization_answer(struct call *call);
