// SPDX-License-Identifier: MIT
/* hidden_normalization.h - batch normalisation of the hidden layers of a perceptron while it is
 * trained. Definition and order of additions in normalization/batch_normalization.h (mode training,
 * epsilon inside the root); what is learnt and how in mini_batch_training.h. */
#pragma once

#include "../call.h"

enum { HIDDEN_LAYERS = 8 };
enum hidden_place { BEFORE_ACTIVATION, AFTER_ACTIVATION };

/* Of layer l with O units: gamma, beta and the running statistics (O); its input and x_hat (N,O) of
 * the batch in hand, with mean, squares about it, and s = sqrt(variance + epsilon) (O). */
struct hidden_normalization {
    enum hidden_place place;
    real epsilon, old, fresh; /* running = old running + fresh batch */
    int biased;               /* the running variance */
    int one_value;            /* a batch of one sample is allowed */
    size_t block;
    real *gamma[HIDDEN_LAYERS], *beta[HIDDEN_LAYERS];
    real *dgamma[HIDDEN_LAYERS], *dbeta[HIDDEN_LAYERS];
    real *running_mean[HIDDEN_LAYERS], *running_variance[HIDDEN_LAYERS];
    real *input[HIDDEN_LAYERS], *x_hat[HIDDEN_LAYERS];
    real *mean[HIDDEN_LAYERS], *squares[HIDDEN_LAYERS], *s[HIDDEN_LAYERS];
};

/* Reads the conventions and numbers, and of the first `layers` layers gamma<l>, beta<l>,
 * running_mean<l>, running_variance<l>, which may be missing: 1, 0, 0, 1. size[l] inputs and
 * size[l+1] units of layer l, whose letter is 'b' + l; batches of at most N samples. */
void hidden_normalization_read(struct call *call, struct hidden_normalization *is,
                               const size_t *size, size_t layers, size_t N);

/* Refuses a batch of one sample where it has no statistics. */
void hidden_normalization_check(struct call *call, const struct hidden_normalization *is, size_t N);

/* y (N,O) from input[l], and moves the running statistics on. */
void hidden_normalization_forward(struct hidden_normalization *is, size_t l, real *y, size_t N,
                                  size_t O);

/* dgamma, dbeta; and dy (N,O) becomes the gradient of the input. */
void hidden_normalization_backward(struct hidden_normalization *is, size_t l, real *dy, size_t N,
                                   size_t O);
