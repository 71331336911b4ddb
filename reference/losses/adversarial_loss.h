// SPDX-License-Identifier: MIT
/* Adversarial losses of a generative adversarial network, from the discriminator's logits.
 *
 *     b(z, t) = t softplus(-z) + (1 - t) softplus(z),  db/dz = (1 - t) sigmoid(z) - t sigmoid(-z)
 *     discriminator:  loss = c (R + F),  R = sum b(real, t_real) / W_real,
 *                     F = sum b(fake, t_fake) / W_fake
 *     generator:      loss = sum b(fake, 1) / W_fake;  minimax: -sum b(fake, 0) / W_fake
 *     dreal = db/dz c dloss / W_real;  dfake likewise
 *     softplus(z) = max(z, 0) + log1p(e), sigmoid(z) = 1 / (1 + e), or e / (1 + e) below 0,
 *     e = exp(-|z|)
 *
 * N real and M generated samples, K logits each (1; a patch discriminator has more); real (N,K) and
 * fake (M,K). dloss is 1 unless the scalar input dloss is given. The discriminator's loss has the
 * outputs real_loss (R), fake_loss (F), dreal and dfake, which ends at the logits: samples are
 * detached. The generator's has dfake alone: it goes through a frozen discriminator.
 *
 * Conventions:
 *   player = discriminator (default) or generator, which has no input real.
 *   goal (of the generator) = non_saturating (default): -log D; minimax: log(1 - D), the other side
 *     of the discriminator's loss, whose gradient vanishes where D is sure.
 *   combine (the discriminator's two parts) = sum (the paper, default): c = 1; half: c = 1/2, as
 *     implementations report it.
 *   smoothing (0, in [0, 1)): t_real = 1 - smoothing. sides = one (Salimans et al., default):
 *     t_fake = 0; two: t_fake = smoothing. The generator's target is never smoothed.
 *   reduction = mean (default): W_real = N K, W_fake = M K; sum: 1. (One mean over both batches
 *     together is another loss where N and M differ.)
 * Source: Goodfellow et al. 2014, equation 1 and section 3; Salimans et al. 2016, section 3.4;
 *     document 004 C8, G18, S2.
 * Edge cases: D = 1/2 gives log 2 for each part. From logits nothing overflows at |z| = 1000. A
 *     batch without samples is refused.
 * Order of operations: u = softplus(-z), v = softplus(z), t u + (1 - t) v, which are added over k
 *     from 0, then over samples, then divided by W; R + F, times c. A gradient is
 *     ((slope c) dloss) / W; of minimax all is negated before the sum.
 */
#pragma once

#include "../call.h"

/* See above. */
void adversarial_loss_answer(struct call *call);
