// SPDX-License-Identifier: MIT
/* Relativistic losses of a generative adversarial network: is real more real than generated?
 *
 *     form = average:  r = real - mean(fake),  f = fake - mean(real)     means over all N K, M K
 *                      R = sum p(r, v) / W_real,  F = sum p(f, -v) / W_fake,  loss = c (R + F)
 *     form = paired:   u = real - fake (N = M),   loss = sum p(u, v) / W_real
 *     v = 1 for the discriminator, -1 for the generator
 *     p(z, v) = softplus(-v z)            loss_kind = standard
 *               (z - v)^2                 least_squares
 *               max(0, 1 - v z)           hinge
 *
 *     s = dp/dr c dloss / W_real, t = dp/df c dloss / W_fake:
 *     average:  dreal = s - sum(t) / (N K),  dfake = t - sum(s) / (M K)
 *     paired:   dreal = s,  dfake = -s
 *
 * real (N,K), fake (M,K): scores without a sigmoid, K each. Both gradients are those of the loss:
 * the generator's, too, depends on real scores, but what is before them does not move then. dloss
 * is 1 unless the scalar input dloss is given. Outputs dreal, dfake, with average real_loss R and
 * fake_loss F, loss.
 *
 * Conventions:
 *   player = discriminator (default) or generator.
 *   form = average (default; RaGAN) or paired (RSGAN; relativistic pairing GAN).
 *   loss_kind = standard (default; RaSGAN), least_squares (RaLSGAN), hinge (RaHingeGAN).
 *   combine (of average) = sum (default; the paper) or half (the author's code, ESRGAN): c = 1,
 *     1/2.
 *   reduction = mean (default): W_real = N K, W_fake = M K; sum: 1. The means within r and f stay.
 *   The means are differentiated (the paper). BasicSR detaches them.
 * Source: Jolicoeur-Martineau 2019, equations 6 to 14 and appendix.
 * Edge cases: equal scores give log 2 for each standard part. The hinge's derivative at its kink is
 *     0. A batch without samples, and with paired N != M, is refused.
 * Order of operations: a mean is a sum over k, then over samples, divided by N K. Standard:
 *     softplus(x) = max(x, 0) + log1p(e), e = exp(-|x|), slope -v / (1 + e) or -v e / (1 + e);
 *     least_squares: d d and 2 d; s = (slope (c dloss)) / W; sums like the loss's.
 */
#pragma once

#include "../call.h"

/* See above. */
void relativistic_gan_loss_answer(struct call *call);
