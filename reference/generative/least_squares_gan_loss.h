// SPDX-License-Identifier: MIT
/* Least-squares loss of a generative adversarial network.
 *
 *     discriminator:  R = sum h (real - b)^2 / W_real,  F = sum h (fake - a)^2 / W_fake
 *                     loss = e (R + F)
 *     generator:      loss = sum h (fake - c)^2 / W_fake
 *     dreal = 2 h (real - b) e dloss / W_real;  dfake likewise, without e for the generator
 *
 * N real and M generated samples with K scores each; real (N,K), fake (M,K): outputs of a
 * discriminator without a sigmoid. dloss is 1 unless the scalar input dloss is given.
 *
 * Conventions:
 *   player = discriminator (default; outputs real_loss R, fake_loss F, loss, dreal, dfake) or
 *     generator (input fake alone; outputs loss, dfake).
 *   targets a (of generated samples; 0), b (of real ones; 1), c (the generator's; 1): numbers. The
 *     paper has 0, 1, 1 and -1, 1, 0; with b - c = 1 and b - a = 2 the generator minimises
 *     Pearson's chi-squared divergence.
 *   factor = half (default; the paper): h = 1/2; one (code that calls a mean squared error): h = 1.
 *   combine = sum (default): e = 1; half: e = 1/2. PyTorch-GAN has factor = one, combine = half for
 *     the discriminator and factor = one for the generator.
 *   reduction = mean (default): W_real = N K, W_fake = M K; sum: 1.
 * Source: Mao et al. 2017, equations 2, 8 and 9.
 * Edge cases: the gradient does not vanish where a sigmoid would be sure, and is 0 at the target. A
 *     batch without samples is refused.
 * Order of operations: d = z - target; h (d d), added over k, then over samples, divided by W;
 *     R + F, times e. A gradient is (((2 h) d) (e dloss)) / W.
 */
#pragma once

#include "../call.h"

/* See above. */
void least_squares_gan_loss_answer(struct call *call);
