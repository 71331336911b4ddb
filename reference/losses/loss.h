// SPDX-License-Identifier: MIT
/* loss.h - what the losses of this folder share: from one loss an element, or one a sample, to the
 * loss, and from its slopes to gradients.
 *
 *     loss   = sum_n w[n] sum_k value[n,k] / W
 *     dx     = slope w[n] dloss / W
 *
 * N samples of K elements; value (N,K), or (N) where a loss belongs to a whole sample. w (N) is the
 * input sample_weight (at least 0), 1 without it. dloss is 1 unless the input dloss is given.
 *
 * Conventions:
 *   reduction = mean (default): W = N K (N where a loss belongs to a sample); sum: W = 1;
 *     mean_of_sums: W = N, the sum over elements averaged over samples, which PyTorch calls
 *     batchmean; none: the output loss is w value, one each, W = 1, and dloss has its shape.
 *   normalizer (of the means, with weights) = count (Keras, PyTorch, default): as above;
 *     weights (scikit-learn): N is replaced by the sum of w.
 *   W = 0 is refused.
 * Order of operations: per sample a chain of additions of value over k from 0, times w; then a sum
 *     over samples, then divided by W. W = (sum over samples of w) K. A gradient is
 *     ((slope w) dloss) / W.
 */
#pragma once

#include "../call.h"

enum { LOSS_INPUTS = 3 };

enum loss_reduction { LOSS_MEAN, LOSS_SUM, LOSS_MEAN_OF_SUMS, LOSS_NONE };

/* How a loss is called: up to three inputs of one shape ("NK"), each with the name of its
 * gradient. */
struct loss_form {
    const char *shape;
    int per_sample; /* one loss a sample */
    const char *input[LOSS_INPUTS], *gradient[LOSS_INPUTS];
};

/* One call: what is read, what a technique fills (value, slope), and what comes of it. */
struct loss {
    size_t N, K, block; /* K: elements of an input's row */
    int per_sample;
    enum loss_reduction reduction;
    const real *weight; /* (N), or NULL */
    const real *dloss;  /* (1), or of the losses' shape */
    real W;
    const real *input[LOSS_INPUTS]; /* (N,K) */
    real *value;                    /* (N,K) or (N) */
    real *slope[LOSS_INPUTS];       /* (N,K): the derivative of a sample's losses */
    real *result, *gradient[LOSS_INPUTS];
};

/* Reads the inputs of `form` and what all losses have; makes the outputs. */
struct loss loss_begin(struct call *call, const struct loss_form *form);

/* The outputs from value and slope. */
void loss_finish(struct call *call, const struct loss *loss);
