// SPDX-License-Identifier: MIT
/* The objective of a variational autoencoder: the negative evidence lower bound.
 *
 *     R[n]  = sum_k rho(y[n,k], t[n,k])                       reconstruction
 *     D[n]  = sum_j (e^v + m^2 - 1 - v)[n,j] / 2              KL(N(m, e^v) || N(0, 1)), closed form
 *     loss  = (sum_n c_R R[n] + beta c_D D[n]) / W
 *     dy    = c_R rho' dloss / W
 *     dmean = beta c_D m dloss / W,  dlog_variance = beta c_D (e^v - 1) / 2 dloss / W
 *
 * N samples of K elements, J latent dimensions; y the decoder's outputs and t the samples (N,K),
 * mean m and log_variance v (N,J). The outputs reconstruction and divergence are the two terms as
 * they stand in the loss, without beta. dloss is 1 unless the scalar input dloss is given.
 *
 * Conventions:
 *   likelihood = bernoulli (default): y logits, rho = softplus(y) - t y, t in [0, 1];
 *     gaussian (of variance 1): rho = (y - t)^2 / 2; squared (much code): rho = (y - t)^2, which is
 *     gaussian with beta doubled.
 *   over (elements of a sample) = sum (the bound itself, default): c_R = c_D = 1; mean: c_R = 1 / K
 *     and c_D = 1 / J; mean_reconstruction: c_R = 1 / K alone, which weakens the reconstruction K
 *     times, a beta of K that nobody has chosen.
 *   reduction (over samples) = mean (default): W = N; sum: W = 1.
 *   beta (1, at least 0): above 1 in the beta-VAE.
 * Source: Kingma and Welling 2014, equation 10 and appendix B; Higgins et al. 2017; documents 000
 *     Q34, 003 Q43, 004 T31.
 * Edge cases: m = 0, v = 0 is the prior: divergence and its gradients are exactly 0. e^v - 1 is
 *     formed by expm1, so that small v keep their digits. A target outside [0, 1] is refused where
 *     the likelihood is bernoulli; up to 1e-6 above 1 it counts as rounding.
 * Order of operations: l = log1p(exp(-|y|)), softplus = max(y, 0) + l; rho = t u + (1 - t)
 * softplus,
 *     u = max(-y, 0) + l; rho' = (1 - t) sigmoid(y) - t sigmoid(-y). gaussian: d = y - t,
 *     (d d) / 2 and d; squared: d d and 2 d. d of the divergence: ((expm1(v) - v) + m m) / 2.
 *     Chains of additions over k and j from 0, divided by K or J for means; sums over samples,
 *     divided by W; R + beta D. dy = (rho' / K) dloss / W; dmean = ((beta m) / J) dloss / W;
 *     dlog_variance = (((beta expm1(v)) / 2) / J) dloss / W; divisions by K and J for means alone.
 */
#pragma once

#include "../call.h"

/* See above. */
void evidence_lower_bound_answer(struct call *call);
