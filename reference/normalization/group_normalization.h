// SPDX-License-Identifier: MIT
/* Group normalisation: each sample by the statistics of groups of its channels.
 *
 *     mean[g]     = sum over the channels c of group g and the positions p of x[c,p] / L
 *     variance[g] = sum (x[c,p] - mean[g])^2 / (L - ddof)
 *     s[g]        = sqrt(variance[g] + epsilon)
 *     x_hat[c,p]  = (x[c,p] - mean[g]) / s[g]
 *     y[c,p]      = gamma[c] x_hat[c,p] + beta[c]
 *
 *     dx_hat[c,p] = gamma[c] dy[c,p]
 *     dx[c,p]     = (dx_hat[c,p] - sum dx_hat / L - x_hat[c,p] sum dx_hat x_hat / (L - ddof)) /
 * s[g] dgamma[c]   = sum dy[c,p] x_hat[c,p];   dbeta[c] = sum dy[c,p]    over samples and positions
 *
 * x, y, dx, dy are (N,C), (N,C,H,W) or (N,H,W,C); number groups G divides C; a group has
 * L = H W C / G values. gamma, beta (C) are 1 and 0 when they are not given. G = 1 is layer
 * normalisation over the whole sample, G = C is instance normalisation.
 *
 * Conventions: group_channels = contiguous (default: the paper, PyTorch, Keras; channel c is in
 *     group c / (C/G)) or strided (group c % G). layout = channels_first (default) or
 *     channels_last. deviation = population (ddof 0, default) or sample (ddof 1).
 *     epsilon_place = inside_root (default), or outside_root: s = sqrt(variance) + epsilon, and
 *     x_hat in dx alone becomes (x - mean) / sqrt(variance), 0 where the variance is 0.
 *     Numbers: groups, epsilon (1e-5; Keras 1e-3), block.
 * Source: Wu and He 2018, eq. 1-7; document 004 G3 for the scale and shift.
 * Edge cases: groups of one value give y = beta and dx = 0; with deviation = sample they are
 *     refused, and so are a number of groups that does not divide C, epsilon < 0, and a group
 *     without spread when epsilon is 0.
 * Order of operations: within a group channel after channel, and within a channel the positions in
 *     row-major order of (H,W), whatever the layout is: sums along features, two passes.
 *     y = (gamma x_hat) + beta. a and b are the two sums of dx, each divided by its count;
 *     dx = ((dx_hat - a) - x_hat b) / s. dgamma and dbeta: sums over samples, one chain per block
 *     of `block` samples through their positions.
 */
#pragma once

#include "normalization.h"

/* Everything but the number of groups: inputs x, optionally gamma, beta, dy; outputs y, and dx,
 * dgamma, dbeta. groups = 0: as many as channels. */
void group_normalization_of(struct call *call, size_t groups, int strided);

/* The same, with number groups and convention group_channels. */
void group_normalization_answer(struct call *call);
