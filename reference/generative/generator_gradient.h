// SPDX-License-Identifier: MIT
/* Gradient of a generator's loss through a frozen discriminator.
 *
 *     x[i] = G(noise[i]),  l[i] = the discriminator's logit for x[i],  D = sigmoid(l)
 *     loss = sum_i v(l[i]) / B
 *     v(l) = softplus(-l)     = -log D         goal = non_saturating,  dv/dl = -(1 - D)
 *     v(l) = -softplus(l)     = log(1 - D)     goal = minimax,         dv/dl = -D
 *     v(l) = -l                                goal = linear,          dv/dl = -1
 *     dlogits[i] = dv/dl dloss / B; dsamples[i] = dl/dx dlogits[i] (through the discriminator,
 *     whose weights are constants); then back through G: dnoise, dgenerator_w1, dgenerator_b1, ...
 *
 * noise (B,a); players as in gan_training.h: generator_w1 (a,b), ..., discriminator_w1 (p,q), ...
 * with one output. dloss is 1 unless the scalar input dloss is given. Outputs samples (B,p), logits
 * (B), loss, dlogits, dsamples, dnoise and the gradients of the generator.
 *
 * Conventions:
 *   goal = non_saturating (default; document 004 C8: label 1), minimax (the zero-sum game) or
 *     linear (Wasserstein and hinge losses). Where the discriminator rejects a sample, l << 0, the
 *     gradient of minimax vanishes like e^l, that of the others does not.
 *   frozen = yes (default; Keras: trainable = False): the discriminator has no gradient; no
 *     (autograd without requires_grad_(False)): also ddiscriminator_w1, ..., which nobody must use:
 *     whoever does not clear them adds them to the discriminator's next step.
 *   reduction = mean (default) or sum, which does not divide by B.
 *   generator_activation, discriminator_activation, generator_output as in gan_training.h.
 * Source: Goodfellow et al. 2014, section 3 and figure 1; Arjovsky and Bottou 2017, theorems 2.4
 *     and 2.6; documents 004 C8, G18, S2.
 * Edge cases: from logits the gradient of minimax at l = -80 is e^-80 / B and not 0; computed from
 *     probabilities it is lost where 1 - D rounds to 1. A constant discriminator gives no gradient.
 *     Refused: an empty batch, players that do not fit, a discriminator with several outputs.
 * Order of operations: softplus(x) = max(x, 0) + log1p(e), e = exp(-|l|); D = 1 / (1 + e) or
 *     e / (1 + e); ((slope dloss) / B); sums over samples in blocks; the perceptron's own order.
 */
#pragma once

#include "../call.h"

/* See above. */
void generator_gradient_answer(struct call *call);
