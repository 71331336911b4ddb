// SPDX-License-Identifier: MIT
/* Gradient norms by depth: how the gradients of a deep network vanish or explode.
 *
 *     norm[l] = |dw_l|                      l = 1 .. L, from the input to the output (weights)
 *             = sqrt(|dw_l|^2 + |db_l|^2)   (layer)
 *     ratio   = norm[1] / norm[L]
 *
 * The network, its loss and its gradients are those of multilayer_perceptron.h, with the same
 * inputs and conventions: x (N,D), w1, b1, w2, ..., at most 8 layers; labels (N) or targets (N,K).
 * A ratio far below 1 is a vanishing gradient (sigmoid: each layer costs a factor of at most 1/4),
 * one far above 1 an exploding one.
 *
 * Conventions: of = weights (default) or layer (with the biases); activation and loss as there.
 * Source: Bengio, Simard and Frasconi 1994; Glorot and Bengio 2010, section 4; documents 000-003
 *     Q12, 004 T7, T8 and S6.
 * Edge cases: L = 1 has the ratio 1. A last layer without gradient is refused: the ratio is 0 / 0.
 * Order of additions: the gradients as in the network; squares in one chain along the stored
 *     weights, continued along the biases; then a root, and one quotient.
 */
#pragma once

#include "../foundations/multilayer_perceptron.h"

/* A network after its backward pass, and what it was given. */
struct deep {
    struct perceptron net;
    struct perceptron_batch batch;
    const real *x;
    const int *labels;
    const real *targets;
    size_t N, block;
    real loss;
    int with_biases;
};

/* Reads all inputs, runs both passes and states the decisions. */
struct deep deep_read(struct call *call);

/* The norm of the gradients of layer l, from 0. */
real deep_norm(const struct deep *deep, size_t l);

/* Outputs loss, norm (L), ratio. */
void gradient_norms_answer(struct call *call);
