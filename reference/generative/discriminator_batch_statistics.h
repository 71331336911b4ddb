// SPDX-License-Identifier: MIT
/* Batch normalisation within a discriminator: whose statistics, and who moves the running ones.
 *
 *     h = x w1;  x_hat = (h - mean) / s;  y = gamma x_hat + beta
 *     a = y where y > 0, else slope y;  l = a . w2 + b2                        (N samples, H units)
 *     mean, variance (biased) over a group of G samples;  s = sqrt(variance + epsilon)
 *     batches = separate: the real batch is one group, the generated one another
 *     batches = joint:    both together are one group
 *     R = sum_n softplus(-l_real) / N,  F = sum_m softplus(l_fake) / M,  loss = R + F
 *     gradients go through the statistics: dh = (gamma / s) (dy - sum dy / G - x_hat sum(dy x_hat)
 *     / G), sums over the group; dgamma, dbeta, dw1, ... are those of both batches together
 *     running <- (1 - momentum) running + momentum (mean or variance of a group)
 *
 * real (N,I), fake (M,I): samples; w1 (I,H), gamma, beta (H), w2 (H), b2 (); running_mean,
 * running_variance (H). Outputs real_logits (N), fake_logits (M), real_loss, fake_loss, loss,
 * dreal, dfake, dw1, dgamma, dbeta, dw2, db2, running_mean_after, running_variance_after (H). An
 * upstream gradient dloss () may be given. The first layer has no bias: the mean would take it
 * away.
 *
 * The generator's step: an input generated (B,I) passes through the discriminator afterwards, with
 * the same weights: generated_logits (B), generator_loss = sum softplus(-l) / B, and
 * running_mean_final, running_variance_final.
 *
 * Conventions:
 *   batches = separate (default; DCGAN's advice, PyTorch's example) or joint (concatenated
 *     batches): joint statistics tell the discriminator which samples came together, and a batch
 *     of one kind alone then looks different.
 *   updated_by (of separate) = all (default; PyTorch: real first, then generated, which therefore
 *     weighs most), real (only the real batch moves them) or none. Joint is one update.
 *   generator_statistics = batch (default; PyTorch, where the discriminator stays in training mode:
 *     statistics of the generated batch, which moves the running ones once more) or running (Keras
 *     since TensorFlow 2: trainable = False puts the layer into inference, nothing moves).
 *   running_variance_kind = unbiased (default; PyTorch; squares / (G - 1)) or biased (Keras).
 *   Numbers: epsilon (1e-5), momentum (0.1; the weight of the new), slope (0.2).
 * Source: Ioffe and Szegedy 2015; Radford, Metz and Chintala 2016, section 3; Salimans et al. 2016,
 *     section 3.2; documents 004 C8, G18, S2.
 * Edge cases: with equal batches separate and joint agree but for the unbiased variance. Refused: a
 *     batch of fewer than two samples, epsilon that is not above 0, momentum outside [0, 1], a
 *     negative running_variance, updated_by = real or none with joint batches.
 * Order of operations: sums over samples in blocks of each batch; joint: the real batch's sum plus
 *     the generated one's. Two passes. gamma x_hat + beta; l is a chain of fused multiply-adds from
 *     b2; dh = g ((dy - a) - x_hat b), g = gamma / s, a = sum / G, b = sum / G. A parameter's
 *     gradient is the real batch's plus the generated one's.
 */
#pragma once

#include "../call.h"

/* See above. */
void discriminator_batch_statistics_answer(struct call *call);
