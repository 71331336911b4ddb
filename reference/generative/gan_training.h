// SPDX-License-Identifier: MIT
/* Training of a generative adversarial network, step by step: two players in turn.
 *
 *     G(z) = generator_output(perceptron z);  D(x) = sigmoid(l(x)), l a perceptron with one output
 *     b(l, t) = t softplus(-l) + (1 - t) softplus(l)              (adversarial_loss.h)
 *     iteration t = 1 .. T:
 *       K discriminator steps s:  R = sum_n b(l(real[s,n]), t_real) / N
 *                                 F = sum_m b(l(G(fake_noise[s,m])), t_fake) / M
 *         G is held constant: its samples are data, and no gradient goes to it.
 *       one generator step:       C = sum_i b(l(G(noise[t,i])), 1) / B
 *         D is held constant: the gradient passes through it and leaves its weights, and the state
 *         of their optimizer, as they are.
 *
 * real (S,N,p), fake_noise (S,M,a), noise (T,B,a), S = T K; the generator has the parameters
 * generator_w1 (a,b), generator_b1 (b), ..., the discriminator discriminator_w1 (p,q), .... Each
 * player has an optimizer of its own; t of Adam counts the updates of that player.
 *
 * Outputs: real_loss, fake_loss (S) before the update that they cause, generator_loss (T);
 *     real_right, fake_right (S): how many are on their side of D = 1/2, where exactly 1/2 is
 *     called generated; record = all (default): generator_w1_after (T,a,b), ... after every
 *     iteration; last: after the last one; norms: generator_norms, discriminator_norms (T, 2
 *     layers), the Frobenius norms of w1, b1, w2, .... With an input fixed_noise (F,a): samples
 *     (T,F,p) and probability (T,F) after every iteration.
 *
 * Conventions:
 *   discriminator_update = separate (default; document 004 C8, and Keras code that calls
 *     train_on_batch twice): an update for R, then F and its update with the new weights; joint
 *     (Goodfellow et al., PyTorch's DCGAN example): one update for both gradients.
 *   combine (of joint) = sum (default): R + F; half: (R + F) / 2 (PyTorch-GAN); pooled: one mean
 *     over the N + M samples (Keras code that concatenates the batches). Reported losses stay R, F.
 *   goal = non_saturating (default; C8): C above; minimax: C = -sum_i b(l, 0) / B.
 *   smoothing (0): t_real = 1 - smoothing; sides = one (default): t_fake = 0; two:
 *     t_fake = smoothing. The generator's target is never smoothed.
 *   noise_use = fresh (default; C8); shared (DCGAN example): the discriminator sees the samples of
 *     the iteration's noise, made at its start, and there is no fake_noise.
 *   order = discriminator_first (default); generator_first (PyTorch-GAN). With shared noise the
 *     discriminator then still sees the samples from before the generator's update.
 *   optimizer = adam (default; beta1, beta2, epsilon, epsilon_placement of adam.h) or
 *     gradient_descent. generator_rate and discriminator_rate are separate (Heusel et al. 2017).
 *   generator_activation, discriminator_activation = relu (default), tanh, sigmoid;
 *     generator_output = linear (default; C8), tanh (DCGAN).
 *   discriminator_steps (1): K.
 * Source: Goodfellow et al. 2014, algorithm 1; Salimans et al. 2016, section 3.4; Radford, Metz and
 *     Chintala 2016; documents 000-003 Q28, 004 C8, G18, S2, G21. C8 has 2-128-128-2 (17,154
 *     parameters) and 2-128-128-1 (17,025), N = M = 32, B = 64, Keras's Adam. Its "epochs" are
 *     iterations.
 * Edge cases: D = 1/2 everywhere gives R = F = C = log 2 and, all of them being called generated,
 *     an accuracy of 1/2. From logits nothing overflows; Keras clips probabilities at 1e-7 instead.
 *     Refused: an empty batch, S != T K, a rate that is not above 0, smoothing outside [0, 1),
 *     beta1 or beta2 outside [0, 1), epsilon below 0, combine for separate updates, players that do
 *     not fit each other, a discriminator with several outputs.
 * Order of operations: b as in adversarial_loss.h; means over samples are a sum in blocks, divided
 *     once; a slope is ((sign slope) c) / W; a joint gradient that of R plus that of F; the
 *     perceptron's and the optimizer's own orders otherwise. A norm is the root of one chain of
 *     fused multiply-adds.
 */
#pragma once

#include "game.h"

/* The rules that a request states. */
struct game_rules gan_training_rules(struct call *call);

/* See above. */
void gan_training_answer(struct call *call);
