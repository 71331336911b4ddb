// SPDX-License-Identifier: MIT
/* Instance normalisation: each channel of each sample by its own statistics over its positions.
 *
 *     mean     = sum_p x[p] / P
 *     variance = sum_p (x[p] - mean)^2 / (P - ddof)
 *     s        = sqrt(variance + epsilon)
 *     x_hat[p] = (x[p] - mean) / s
 *     y[p]     = gamma[c] x_hat[p] + beta[c]
 *
 *     dx_hat[p] = gamma[c] dy[p]
 *     dx[p]     = (dx_hat[p] - sum dx_hat / P - x_hat[p] sum dx_hat x_hat / (P - ddof)) / s
 *     dgamma[c] = sum dy x_hat;   dbeta[c] = sum dy               over samples and positions
 *
 * x, y, dx, dy are (N,C,H,W) or (N,H,W,C), P = H W. gamma, beta (C) are 1 and 0 when they are not
 * given. It is group normalisation with as many groups as channels.
 *
 * Conventions: layout = channels_first (default) or channels_last. deviation = population (ddof 0,
 *     default) or sample (ddof 1). epsilon_place = inside_root (default) or outside_root, as in
 *     group_normalization.h. Numbers: epsilon (1e-5; Keras and TensorFlow Addons 1e-3), block.
 * Source: Ulyanov, Vedaldi and Lempitsky 2016, eq. 2; document 004 G3 for the scale and shift.
 * Edge cases: P = 1 gives y = beta and dx = 0 (PyTorch refuses it in training); with deviation =
 *     sample it is refused. A map without spread is refused when epsilon is 0.
 * Order of operations: that of group_normalization.h.
 */
#pragma once

#include "group_normalization.h"

/* Inputs x, optionally gamma, beta, dy; outputs y, and dx, dgamma, dbeta. */
void instance_normalization_answer(struct call *call);
