// SPDX-License-Identifier: MIT
/* Batch normalisation.
 *
 *     mean[c]     = sum_m x[m,c] / M                          over all samples and positions
 *     variance[c] = sum_m (x[m,c] - mean[c])^2 / M            (biased, always)
 *     s[c]        = sqrt(variance[c] + epsilon)
 *     x_hat[m,c]  = (x[m,c] - mean[c]) / s[c]
 *     y[m,c]      = gamma[c] x_hat[m,c] + beta[c]
 *
 *     dgamma[c] = sum_m dy[m,c] x_hat[m,c];    dbeta[c] = sum_m dy[m,c]
 *     dx[m,c]   = (gamma[c] / s[c]) (dy[m,c] - dbeta[c] / M - x_hat[m,c] dgamma[c] / M)
 *
 *   In inference mode the running statistics take the place of mean and variance. They are
 *   constants then: dx = (gamma / s) dy, with dgamma and dbeta as above.
 *
 *   Running statistics r after a batch with statistic b, which is the mean, or the variance in the
 *   convention below:    r <- (1 - momentum) r + momentum b
 *
 * x, y, dx, dy are (N,C), (N,C,H,W) or (N,H,W,C); m runs over the M = N H W values of a channel
 * (M = N for (N,C)). gamma, beta, running_mean, running_variance (C). gamma is 1 and beta is 0 when
 * they are not given.
 *
 * Conventions: mode = training (default) or inference. layout = channels_first (default: PyTorch)
 *     or channels_last (Keras). epsilon_place = inside_root (default), or outside_root:
 *     s = sqrt(variance) + epsilon, and x_hat in dx alone becomes (x - mean) / sqrt(variance), 0
 *     where the variance is 0. running_variance_kind = unbiased (default: PyTorch; M - 1) or biased
 *     (Keras, ONNX; M). momentum_weighs = new (default: PyTorch) or old (Keras, ONNX: the weight of
 *     r is momentum, that of b is 1 - momentum). average = exponential (default) or cumulative
 *     (PyTorch's momentum None: the weight of b is 1 / (batches + 1)).
 *     Numbers: epsilon (1e-5; Keras 1e-3), momentum (0.1), batches (seen before; 0), block.
 *     one_value = refused (default: PyTorch and MLX, in training with M = 1) or variance_zero
 *     (Keras, TensorFlow: y = beta).
 * Source: Ioffe and Szegedy 2015, algorithms 1 and 2; documents 000-003 Q16, 004 G3.
 * Edge cases: M = 1 is refused in training unless one_value says otherwise; then y = beta and
 *     dx = 0, and its unbiased running variance is refused. An epsilon of 0 is refused when a
 *     channel is constant. A constant channel gives y = beta up to the rounding of the mean over s.
 *     Inference without running statistics, epsilon < 0 and an empty x are refused.
 * Order of operations: sums over samples, one chain per block of `block` samples that goes through
 *     the positions of each sample in row-major order of (H,W), whatever the layout is; two passes,
 *     never E[x^2] - E[x]^2. mean, variance: a division each by M (by M - 1 for the unbiased).
 *     y = (gamma x_hat) + beta. dx: a = dbeta / M, b = dgamma / M, g = gamma / s, then
 *     g ((dy - a) - x_hat b). r: weights first (1 - momentum; 1 / (batches + 1)), then
 *     (weight_old r) + (weight_new b). Each product, quotient and sum is rounded.
 */
#pragma once

#include "normalization.h"

/* mean (C) of rows x (M,C), and centred (M,C) = x - mean; blocks of `block` rows. */
void batch_mean(real *mean, real *centred, const real *x, size_t M, size_t C, size_t block);

/* squares (C): sum of centred^2. */
void batch_squares(real *squares, const real *centred, size_t M, size_t C, size_t block);

/* How running statistics are updated: r <- old r + fresh b. */
struct running_rule {
    int biased;
    real old, fresh;
};
struct running_rule running_rule_read(struct call *call);

/* dx of training mode (M,C); slope_hat is x_hat, or (x - mean) / sqrt(variance) for an epsilon
 * outside the root. */
void batch_normalization_backward(real *dx, const real *dy, const real *slope_hat,
                                  const real *dgamma, const real *dbeta, const real *gamma,
                                  const real *s, size_t M, size_t C);

/* Inputs x, optionally gamma, beta, running_mean with running_variance, dy; outputs y; mean and
 * variance in training mode; running_mean_after, running_variance_after; dx, dgamma, dbeta. */
void batch_normalization_answer(struct call *call);
