// SPDX-License-Identifier: MIT
/* The attacked model, which all attacks and defences share: a small multilayer perceptron, the
 * loss that an attacker climbs, and gradients with respect to the inputs.
 *
 *     u[n,d] = (x[n,d] - mean[d]) / deviation[d], or x[n,d] without these inputs
 *     z      = the perceptron's outputs of u                            (multilayer_perceptron.h)
 *     l[n]   = the loss of z[n,:] and the class answer[n]
 *     dx[n,d]= du[n,d] / deviation[d], where du is the gradient of sum_n l[n] / W
 *
 * N samples of D features in raw units, K logits; x (N,a) with a = D, w1, b1, w2, ...; optional
 * inputs mean and deviation (a), which belong to the model: perturbations and the box stay in raw
 * units. Numbers low (0) and high (1) are the box of the inputs.
 *
 * Conventions:
 *   activation = relu (default), tanh, sigmoid; the derivative of ReLU at 0 is 0.
 *   objective = cross_entropy (default): l = log s - (z[answer] - m), m = max z, s = sum e^(z - m);
 *     binary_cross_entropy (K = 1, classes 0 and 1): l = softplus(-z) of class 1, softplus(z) of 0;
 *     logit_margin (Carlini and Wagner 2017): l = max_{k != answer} z[k] - z[answer].
 *   reduction = sum (Foolbox, default): W = 1, each sample its own gradient; mean (the default of
 *     PyTorch's losses): W = N. Signs do not see it; L2 steps, momentum and floors do.
 *   box = clip (default): inputs lie in [low, high]; none: everywhere (CleverHans without
 *   clip_min).
 *   goal = labels (default): the attacker climbs the loss of the input labels (N); target: it
 *     descends the loss of the input target (N); predicted: it climbs that of the model's own
 *     classes of x, so that gradients do not leak the labels (CleverHans and ART without y).
 *
 * Edge cases: equal logits predict the smaller class, and one logit class 1 where it is above 0; of
 *     equal rivals logit_margin takes the first. Refused: a model without a
 *     derivative (activation = step); low not below high; x outside of its box;
 *     a deviation that is not above 0; classes that are none; binary_cross_entropy of more than one
 *     logit, logit_margin of one.
 * Order of operations: the perceptron's. s in a chain over k; dz = (p - t) / W with p = e^(z-m) /
 *     s; binary as in multilayer_perceptron.h. u is rounded twice. Clipping takes max(low), then
 *     min.
 */
#pragma once

#include "../foundations/multilayer_perceptron.h"

enum victim_objective { VICTIM_CROSS_ENTROPY, VICTIM_BINARY, VICTIM_MARGIN };
enum victim_goal { VICTIM_LABELS, VICTIM_TARGET, VICTIM_PREDICTED };

struct victim {
    struct perceptron net;
    struct perceptron_batch batch; /* of the last victim_logits */
    size_t N, D, K, block;
    const real *x;                /* (N,D), raw */
    const real *mean, *deviation; /* (D), or NULL both */
    enum victim_objective objective;
    enum victim_goal goal; /* after victim_goal */
    const int *answer;     /* (N): the class whose loss counts */
    int boxed;
    real low, high, W;
    real *u, *du, *dz; /* scratch (N,D), (N,D), (N,K) */
};

/* Reads everything but the goal. */
void victim_read(struct call *call, struct victim *victim);

/* Reads the goal, and labels or target, into victim->answer; predicts if it has to. */
void victim_read_goal(struct call *call, struct victim *victim);

/* The logits (N,K) of raw inputs x (N,D), which stay until the next call. */
const real *victim_logits(struct victim *victim, const real *x);

/* loss (N), not divided by W, and dz (N,K), divided by it, from logits z and classes (N). */
void victim_loss(const struct victim *victim, real *loss, real *dz, const real *z,
                 const int *classes);

/* dx (N,D), in raw units: the vector-Jacobian product of dz (N,K) with the last logits. */
void victim_pullback(struct victim *victim, real *dx, const real *dz);

/* All three: loss (N) and dx (N,D) of raw inputs x (N,D), for victim->answer. */
void victim_gradient(struct victim *victim, real *loss, real *dx, const real *x);

/* The class of each sample; equal logits go to the smaller one. */
void victim_predict(const struct victim *victim, int *predicted, const real *z);

/* The probability of the predicted class, (N): 1 / s, or 1 / (1 + e^-|z|) of a single logit. */
void victim_confidence(const struct victim *victim, real *confidence, const real *z);

/* x (n numbers) into the box, if there is one. */
void victim_clip(const struct victim *victim, real *x, size_t n);

/* States the decisions behind the last logits (ReLUs); the gaps of predictions; and, for
 * logit_margin, which rival is the largest. */
void victim_decisions(struct call *call, const struct victim *victim);
void victim_prediction_decisions(struct call *call, const struct victim *victim, const real *z);
void victim_rival_decisions(struct call *call, const struct victim *victim, const real *z,
                            const int *classes);
