// SPDX-License-Identifier: MIT
/* Multilayer perceptron: dense layers with one activation between them, a loss, all gradients.
 *
 *     a_0 = x
 *     z_l = a_{l-1} w_l + b_l          l = 1 .. L       (dense_layer.h)
 *     a_l = f(z_l)                     l = 1 .. L-1     (the activation's file)
 *     loss of the outputs z_L       (cross_entropy.h, mean_squared_error.h, binary_cross_entropy.h)
 *     dz_L from the loss;  da_{l-1}, dw_l, db_l from dz_l;  dz_l from da_l
 *
 * N samples; x (N,D); w1 (D,A), w2 (A,B), ... and b1 (A), b2 (B), ...: as many layers as there are
 * inputs w1, w2, ..., at most 8.
 *
 * Conventions: activation = relu (default), tanh, sigmoid; loss = cross_entropy (default: input
 *     labels (N)), mean_squared_error (input targets (N,K)) or binary_cross_entropy (targets in
 *     [0, 1], outputs are logits: a sigmoid behind them belongs to the loss); all in their default
 *     conventions, the mean over the samples. ReLU's derivative at 0 is 0.
 * Source: Rumelhart, Hinton and Williams 1986; documents 000-003 Q4-7, 004 T2, T4 and C2.
 * Edge cases: L = 1 is (multinomial logistic or linear) regression. Refused: no sample, no layer, a
 *     gap in the names w1, w2, ..., a label that is no class, a binary target outside of [0, 1].
 * Order of additions: each layer's own; binary: (1 - t) softplus(z) is the second term, outputs of
 * a
 *     sample in a chain, then samples; the slope ((1 - t) sigmoid(z) - t sigmoid(-z)) / W.
 */
#pragma once

#include "../call.h"
#include "../losses/cross_entropy.h"
#include "hidden_normalization.h"

enum { PERCEPTRON_LAYERS = 8 };
enum perceptron_activation { PERCEPTRON_RELU, PERCEPTRON_TANH, PERCEPTRON_SIGMOID };

/* The network: its shape and parameters. size[0] is D and size[L] the outputs; w[l] (size[l],
 * size[l+1]) and b[l] (size[l+1]) belong to layer l+1. */
struct perceptron {
    size_t layers;
    size_t size[PERCEPTRON_LAYERS + 1];
    enum perceptron_activation activation;
    int binary; /* the loss is binary cross-entropy; otherwise labels or targets tell */
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
};

/* a = f(z) of n numbers, and dz = da f'(z) from z and a; ReLU's derivative at 0 is 0. */
void perceptron_activate(enum perceptron_activation f, real *a, const real *z, size_t n);
void perceptron_differentiate(enum perceptron_activation f, real *dz, const real *da, const real *z,
                              const real *a, size_t n);

/* Space for one batch: z and a of every layer, their gradients, and those of the parameters. A
 * layer with a mask (N,O) is dropped out: a = scale y where mask is not 0, else 0; y is f(z). With
 * normalisation before the activation z is what that makes of x w + b; behind it y is what it makes
 * of f(z). */
struct perceptron_batch {
    real *z[PERCEPTRON_LAYERS], *y[PERCEPTRON_LAYERS], *a[PERCEPTRON_LAYERS];
    const int *mask[PERCEPTRON_LAYERS]; /* NULL: none; y is a then */
    real scale;
    real *dz[PERCEPTRON_LAYERS], *da[PERCEPTRON_LAYERS];
    real *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
    real *loss_n, *p, *difference;
    struct hidden_normalization *normalization; /* of all hidden layers, or NULL: none */
};

/* Reads activation, x's width and w1, b1, w2, ... The parameters are copies. x is (N,D). */
void perceptron_read(struct call *call, struct perceptron *net);

/* Space for batches of at most N samples. */
void perceptron_allocate(struct call *call, const struct perceptron *net,
                         struct perceptron_batch *batch, size_t N);

/* Fills z and a from x (N,D). The outputs are z of the last layer. */
void perceptron_forward(const struct perceptron *net, struct perceptron_batch *batch, const real *x,
                        size_t N);

/* The mean loss of the batch, and dz of the last layer, from labels (N) or, when labels is NULL,
 * targets (N,K). */
real perceptron_loss(const struct perceptron *net, struct perceptron_batch *batch,
                     const int *labels, const real *targets, size_t N, size_t block);

/* Fills dw, db and all other gradients from dz of the last layer; dx (N,D) may be NULL. */
void perceptron_backward(const struct perceptron *net, struct perceptron_batch *batch, real *dx,
                         const real *x, size_t N, size_t block);

/* Gives layer l, from 0, space for a mask; to be called after perceptron_allocate. */
void perceptron_mask(struct call *call, const struct perceptron *net,
                     struct perceptron_batch *batch, size_t l, const int *mask, size_t N);

/* Reads labels (N) or targets (N,K), as the convention `loss` says; the other stays NULL. */
void perceptron_target(struct call *call, const int **labels, const real **targets);

/* States the decisions of the ReLUs of a batch. */
void perceptron_decisions(struct call *call, const struct perceptron *net,
                          const struct perceptron_batch *batch, size_t N);

/* Inputs x, w1, b1, ..., labels or targets; outputs the network's output, loss, dx, and dw1, ... */
void multilayer_perceptron_answer(struct call *call);
