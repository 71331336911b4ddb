// SPDX-License-Identifier: MIT
/* Layer normalisation: each sample by its own statistics over its features.
 *
 *     mean     = sum_c x[c] / C
 *     variance = sum_c (x[c] - mean)^2 / (C - ddof)
 *     s        = sqrt(variance + epsilon)
 *     x_hat[c] = (x[c] - mean) / s
 *     y[c]     = gamma[c] x_hat[c] + beta[c]
 *
 *     dx_hat[c] = gamma[c] dy[c]
 *     dx[c]     = (dx_hat[c] - sum_k dx_hat[k] / C - x_hat[c] sum_k dx_hat[k] x_hat[k] / (C -
 * ddof)) / s dgamma[c] = sum dy[c] x_hat[c];   dbeta[c] = sum dy[c]      over all samples (and
 * positions)
 *
 * x, y, dx, dy are (N,C), or (N,T,C): N sequences of T positions, each with statistics of its own.
 * gamma, beta (C) are 1 and 0 when they are not given.
 *
 * Conventions: deviation = population (ddof 0: default, PyTorch, Keras) or sample (ddof 1: the
 *     annotated Transformer). epsilon_place = inside_root (default), or outside_root:
 *     s = sqrt(variance) + epsilon, and x_hat in dx alone becomes (x - mean) / sqrt(variance), 0
 *     where the variance is 0. Numbers: epsilon (1e-5; Keras 1e-3, BERT 1e-12), block.
 * Source: Ba, Kiros and Hinton 2016, eq. 3 and 4; Vaswani et al. 2017, section 5.4.
 * Edge cases: C = 1 gives y = beta and dx = 0; with deviation = sample it is refused. epsilon
 *     < 0 is refused, and so is a constant row with epsilon 0. A constant
 *     row gives y = beta up to the rounding of its mean over s.
 * Order of operations: sums along features; two passes. y = (gamma x_hat) + beta. a and b are the
 *     two sums of dx, each divided by its count; dx = ((dx_hat - a) - x_hat b) / s. dgamma and
 *     dbeta: sums over samples, one chain per block of `block` samples through their positions.
 */
#pragma once

#include "normalization.h"

/* Inputs x, optionally gamma, beta, dy; outputs y, and dx, dgamma, dbeta. */
void layer_normalization_answer(struct call *call);
