// SPDX-License-Identifier: MIT
/* Conditional generative adversarial network: both players are told a class.
 *
 *     g[i] = the condition of labels[i] for the generator, d[n] that of a label for the
 *     discriminator: a row of an embedding, or one_hot(label)
 *     x[i] = G([noise[i], g[i]])
 *     condition = concatenated:  l(x, y) = D([x, d(y)])
 *     condition = projected:     phi = feature_end(D(x)),
 *                                l(x, y) = psi_b + phi . psi_w + phi . projection[y]
 *     b(l, t) = t softplus(-l) + (1 - t) softplus(l)
 *     discriminator:  R = sum_n b(l(real[n], real_labels[n]), 1) / N,
 *                     F = sum_i b(l(x[i], labels[i]), 0) / B,  loss = c (R + F)
 *     generator:      loss = sum_i b(l(x[i], labels[i]), 1) / B
 *
 * The catalogue's images from text are this in small: a class in place of a sentence, numbers in
 * place of an image. C classes (number classes); real (N,X) with real_labels (N), noise (B,Z) with
 * labels (B); the generator is generator_w1 (Z + E, .), ..., E = C or the width of an input
 * generator_embedding (C,E); the discriminator discriminator_w1 (X + F, .), ..., with one output, F
 * = C or the width of discriminator_embedding (C,F); projected: discriminator_w1 (X, .), ..., with
 * H outputs, psi_w (H), psi_b (), projection (C,H).
 *
 * Outputs: samples (B,X), fake_logits (B); for the discriminator real_logits (N), real_loss R,
 *     fake_loss F; loss; its gradients by the player's own parameters (ddiscriminator_w1, ...,
 *     ddiscriminator_embedding, dpsi_w, dpsi_b, dprojection, or dgenerator_w1, ...,
 *     dgenerator_embedding), and dreal, or dnoise. The other player is held constant. dloss is 1
 *     unless the scalar input dloss is given.
 *
 * Conventions:
 *   player = discriminator (default) or generator (no real, real_labels).
 *   condition = concatenated (default; Mirza and Osindero) or projected (Miyato and Koyama).
 *   generator_order, discriminator_order = condition_last (default) or condition_first
 *     (PyTorch-GAN's generator): which columns of w1 belong to the condition.
 *   feature_end (of projected) = relu (default) or tanh. generator_output = linear (default), tanh.
 *   combine = sum (default): c = 1; half: c = 1/2.
 *   generator_activation, discriminator_activation as in gan_training.h.
 * Source: Mirza and Osindero 2014, equation 2; Miyato and Koyama 2018, equation 4; documents 004
 *     G18, S2 (which count DALL-E and Midjourney here; their papers describe other models).
 * Edge cases: a class without samples has gradient 0 in its row. Refused: a label that is no class,
 *     an empty batch, players that do not fit the condition, a discriminator with several outputs.
 * Order of operations: the logit of projected is one chain of fused multiply-adds from psi_b over
 *     psi_w, then over projection; dphi = dl (psi_w + projection). Rows of embeddings add up the
 *     samples of their class like any sum over samples. A gradient of the discriminator is that of
 *     R plus that of F; slopes ((slope c) dloss) / W.
 */
#pragma once

#include "../call.h"

/* See above. */
void conditional_gan_answer(struct call *call);
