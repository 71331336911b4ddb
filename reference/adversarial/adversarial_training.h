// SPDX-License-Identifier: MIT
/* Adversarial training: the model learns from examples that are made against it in every step.
 *
 *     x'_t    = the attack on the model of step t                 (projected_gradient_descent.h)
 *     L_t     = clean_weight mean_n l(x[n]) + (1 - clean_weight) mean_n l(x'_t[n])
 *     w_{t+1} = w_t - rate dL_t / dw_t        t = 0 .. updates - 1, for all weights and biases
 *
 * x'_t is data: no gradient flows through the attack. It approximates robust optimisation, the
 * minimum over the weights of the expected largest loss within the ball, and augments the data with
 * inputs that the model finds hard. Labels (N); numbers updates (1 to 16), rate (above 0),
 * clean_weight in [0, 1] (1/2, Goodfellow; 0, Madry), and the attack's. One step of length epsilon
 * is FGSM training; optional input start (T,N,a) has the random offsets of every update (Wong et
 * al. 2020).
 *
 * Conventions: those of projected_gradient_descent.h but stop and keep.
 *   mixture = weighted (default): as above; replaced (ART's AdversarialTrainer): L_t is the mean of
 *     l over the batch in which the samples with a 1 in the input attacked (T,N) are x'_t and the
 *     others x; clean_weight is not used.
 *   goal = labels (default) or predicted: the classes that the model of step t predicts of x, so
 *     that the examples do not leak the labels (Kurakin et al. 2017). A target is refused.
 * Source: Goodfellow, Shlens and Szegedy 2015, section 6; Madry et al. 2018, section 2.1;
 *     documents 000 Q41, 001 Q41 (augmentation), 002 Q41 (robust optimisation), 003 Q41, 004 T41.
 * Edge cases: clean_weight 1 is training without examples. Refused: a clean_weight outside of
 *     [0, 1], a rate that is not above 0, attacked without 0 or 1.
 * Order of operations: the perceptron's gradients of both means (dz divided by N), then
 *     (clean_weight a) + ((1 - clean_weight) b); w - (rate gradient).
 */
#pragma once

#include "projected_gradient_descent.h"

/* Outputs adversarial (T,N,a); clean_loss (T) and adversarial_loss (T), means over the samples of
 * x and of x'_t before update t; and w1_after (T,a,b), b1_after (T,b), ... after it. */
void adversarial_training_answer(struct call *call);
