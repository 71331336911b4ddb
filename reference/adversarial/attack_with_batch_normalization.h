// SPDX-License-Identifier: MIT
/* An attack on a model that begins with batch normalisation: in which mode is the model meanwhile?
 *
 *     v[n,d] = gamma[d] (x[n,d] - m[d]) / s[d] + beta[d],   s[d] = sqrt(variance[d] + smoothing)
 *     z      = the perceptron's outputs of v                          (victim.h, without mean)
 *     x_{t+1} = constrain(x_t + alpha direction(gradient at x_t))
 *
 * with the constraint of projected_gradient_descent.h; gamma, beta, running_mean, running_variance
 * (a). The result is judged as the model is used: with its running statistics, as they are after
 * the attack.
 *
 * Conventions: those of projected_gradient_descent.h but stop, keep and restarts; no mean and
 * deviation.
 *   statistics = running (default; a model put into evaluation mode, as RobustBench asks for): m
 *     and variance are constants, so samples do not depend on each other;
 *     batch (a model left in training mode): m and variance are those of the N samples of x_t, the
 *     gradient flows through them, and every forward pass for a gradient updates the running ones:
 *     r <- (1 - momentum) r + momentum b, b the mean or the unbiased variance (M - 1). The attack
 *     then climbs another function than the one that is used, and leaves a changed model.
 * Numbers smoothing (1e-5), above 0; momentum (0.1) in [0, 1].
 * Source: Ioffe and Szegedy 2015, algorithms 1 and 2; Croce et al. 2021 (RobustBench).
 * Edge cases: refused: a batch of one sample with batch statistics; a negative running_variance.
 * Order of operations: batch_normalization.h's, forwards and backwards.
 */
#pragma once

#include "projected_gradient_descent.h"

/* Outputs iterates (S,N,a), logits (N,K) of the last one, success (N), running_mean_after (a) and
 * running_variance_after (a). */
void attack_with_batch_normalization_answer(struct call *call);
