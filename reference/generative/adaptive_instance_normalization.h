// SPDX-License-Identifier: MIT
/* Adaptive instance normalization: every map is given the mean and deviation of a style, with the
 * mapping network that makes a style of a latent vector.
 *
 *     mean = sum_p x[p] / P,  deviation = sqrt(sum_p (x[p] - mean)^2 / (P - ddof) + epsilon)
 *     x_hat[p] = (x[p] - mean) / deviation,   y[p] = scale x_hat[p] + shift     for each n and c
 *     style = features: scale and shift are deviation and mean of s[n,c,:]
 *     style = latent:   v = z / r, r = sqrt(sum_k z[k]^2 / Z + 1e-8), or v = z;  h = network(v);
 *                       scale = offset + h[c],  shift = h[C + c]
 *
 *     dx = (d - sum d / P - x_hat (sum d x_hat / (P - ddof))) / deviation     with d = scale dy
 *     dscale = sum_p dy x_hat,  dshift = sum_p dy
 *     ds[q] = dshift / Q + dscale ((s[q] - mean_s) / ((Q - ddof) scale))
 *     dz = (dv - v (sum_k dv v / Z)) / r
 *
 * N images; x, y, dy, dx (N,C,P) with P = H W positions, s, ds (N,C,Q), z, dz (N,Z). The network's
 * weights are mw1, mb1, ... (named_network.h), from Z to 2 C: all layers but the last are the
 * mapping network, the last is the learnt affine map A. Outputs y, and with dy: dx, and ds, or dz
 * and dmw1, dmb1, ...
 *
 * Conventions:
 *   style = features (default; Huang and Belongie), latent (Karras et al.).
 *   latent = normalized (default; the code of StyleGAN), plain.
 *   deviation = population (ddof 0, default; the authors' instance normalization, StyleGAN), sample
 *     (ddof 1: the PyTorch port that most use takes torch.var), in content and style alike.
 *   Numbers epsilon (1e-5; StyleGAN 1e-8; above 0), offset (1: StyleGAN's code; 0: the paper's
 *     equation, with biases that start at 1).
 * Source: Huang and Belongie 2017, equation 8; Karras, Laine and Aila 2019, equation 1 and section
 *     2; documents 004 G18, S2 (StyleGAN in passing): of it the block that bears its name.
 * Edge cases: a constant map gives y = shift and, through epsilon, a finite dx. Refused: epsilon
 *     not above 0, one position with ddof 1, no position, a network without 2 C outputs.
 * Order of operations: sums over positions and over z are chains; x_hat a quotient; d, then dx as
 *     written; ds = dshift / Q + dscale (gap / ((Q - ddof) scale)).
 */
#pragma once

#include "../call.h"

/* See above. */
void adaptive_instance_normalization_answer(struct call *call);
