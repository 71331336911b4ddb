// SPDX-License-Identifier: MIT
/* Hinge loss of a generative adversarial network.
 *
 *     discriminator:  R = sum max(0, margin - real) / W_real
 *                     F = sum max(0, margin + fake) / W_fake,  loss = c (R + F)
 *     generator:      goal = linear: loss = sum -fake / W_fake
 *                     goal = hinge:  loss = sum max(0, margin - fake) / W_fake
 *     dreal = -k(margin - real) c dloss / W_real;  dfake = k(margin + fake) c dloss / W_fake
 *     k(u) = 1 above 0, 0 below, and at 0 what the convention says
 *
 * N real and M generated samples with K scores each; real (N,K), fake (M,K), scores without a
 * sigmoid. dloss is 1 unless the scalar input dloss is given.
 *
 * Conventions:
 *   player = discriminator (default; outputs real_loss R, fake_loss F, loss, dreal, dfake) or
 *     generator (input fake alone; outputs loss, dfake).
 *   goal (of the generator) = linear (default; Lim and Ye, Miyato et al., BigGAN) or hinge (some
 *     implementations of patch discriminators for the discriminator's half alone).
 *   margin (1): a number above 0.
 *   combine = sum (default): c = 1; half: c = 1/2 (taming-transformers).
 *   derivative_at_kink = zero (default: a ReLU in PyTorch, TensorFlow and JAX), half (the minimum
 *     or maximum of two tensors in PyTorch and JAX), one.
 *   reduction = mean (default): W_real = N K, W_fake = M K; sum: 1.
 * Source: Lim and Ye 2017, equations 7 and 8; Miyato et al. 2018, equations 16 and 17; Tran,
 *     Ranganath and Blei 2017.
 * Edge cases: a score exactly at the margin costs nothing. A batch without samples and a margin
 *     that is not above 0 are refused.
 * Order of operations: u = margin - z or margin + z; the terms are added over k, then over samples,
 *     and divided by W; R + F, times c. A gradient is (slope (c dloss)) / W.
 */
#pragma once

#include "../call.h"

/* See above. */
void hinge_gan_loss_answer(struct call *call);
