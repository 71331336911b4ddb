// SPDX-License-Identifier: MIT
/* Randomisation of the input, in training or inference: outputs, loss and gradients averaged over
 * noisy copies.
 *
 *     x_m = x + sigma noise[m] (additive) or x (1 + sigma noise[m]) (multiplicative), m < M
 *     p   = mean_m softmax(z(x_m)),       loss = -log p[label]       (average probabilities)
 *         = softmax(mean_m z(x_m)),       loss = -log p[label]       (average logits)
 *         = mean_m softmax(z(x_m)),       loss = mean_m CE(z(x_m))   (average losses)
 *     dx, dw1, db1, ...: the gradients of sum_n dloss[n] loss[n], with the same draws
 *
 * x (N,D), labels (N) and the model with logits z (N,K): victim.h; noise (M,N,D): draws of any law;
 * p (N,K), loss, dloss (N). M = 1 is training on noisy inputs.
 *
 * Conventions: sigma at least 0. kind = additive (default), multiplicative.
 *   average = probabilities (a prediction, and an attack on it: Athalye et al.'s expectation inside
 *     the logarithm; default), logits, losses (training, and expectation over transformation).
 *   noisy = free (default) or clipped to the model's box, with gradient 0 where it clips.
 * Source: Bishop 1995; Xie et al. 2018; Athalye, Carlini and Wagner 2018; document 000 Q41.
 * Edge cases: sigma = 0 is the model itself. The gradient needs the draws of the forward pass.
 *     Refused: no draws, an objective other than cross_entropy.
 * Order of operations: sigma noise, 1 +, then the product or sum. Sums over m are chains in their
 *     order from 0, then divided by M. Probabilities as softmax.h; losses are log s - (z - max).
 *     dz_m: (p_m - t) dloss / M (losses), (p - t) dloss / M (logits), softmax's backward of dp =
 *     -dloss / p[label] / M at the label (probabilities). Multiplicative: dx_m (1 + sigma noise).
 *     Gradients of parameters: each draw's sum over samples, these added in order.
 */
#pragma once

#include "victim.h"

void input_randomization_answer(struct call *call);
