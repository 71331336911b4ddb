// SPDX-License-Identifier: MIT
/* Wasserstein GAN with clipped weights: a critic f in the discriminator's place, step by step.
 *
 *     iteration t = 1 .. T:
 *       K critic steps s:    R = -sum_n f(real[s,n]) / N,  F = sum_m f(G(fake_noise[s,m])) / M
 *                            descend R + F by RMSProp; clip:  w <- min(max(w, -clip), clip)
 *                            distance = -(R + F), the estimate of the Wasserstein distance
 *       one generator step:  C = -sum_i f(G(noise[t,i])) / B, descend by RMSProp
 *
 * Inputs, outputs, players and the conventions order, noise_use, record, generator_output and
 * *_activation are those of gan_training.h: the critic has the names discriminator_*, its output is
 * a score without a sigmoid, and K is the number discriminator_steps (n_critic; 5 in the paper).
 * There are outputs distance (S) in place of the counts, and score (T,F) in place of probability.
 *
 * Conventions:
 *   clipping = after (default; algorithm 1: the weights that leave a step are within the box;
 *     biases too, they are weights of f); before (the authors' code: at the start of a step, so
 *     that the weights that the generator meets may be outside).
 *   critic_sign = high_on_real (default; the paper); high_on_generated (the authors' code): R and F
 *     are both negated, and so is C: the mirrored critic, which plays the same game.
 *   discriminator_update = joint (default): one update for R + F; separate: one for R, then one for
 *     F with the new weights, and one clipping behind or in front of both (Keras-GAN). combine (of
 *     joint) = sum (default), half: (R + F) / 2, pooled: one mean over N + M.
 *   optimizer = rmsprop (default; numbers rho and epsilon, epsilon_placement of rmsprop.h) or
 *     gradient_descent; generator_rate, discriminator_rate (5e-5 in the paper).
 * Source: Arjovsky, Chintala and Bottou 2017, algorithm 1 and section 3; documents 004 G18, S2.
 * Edge cases: at the corners of the box, where most weights go, clipping undoes the whole step. A
 *     critic that is constant gives distance 0 and the generator no gradient. Refused: clip or a
 *     rate that is not above 0, rho outside [0, 1), epsilon below 0, and what gan_training.h
 *     refuses.
 * Order of operations: that of gan_training.h with b(f) = f, whose slope is 1; clipping compares.
 */
#pragma once

#include "game.h"

/* The rules that a request states. */
struct game_rules wasserstein_critic_rules(struct call *call);

/* See above. */
void wasserstein_critic_answer(struct call *call);
