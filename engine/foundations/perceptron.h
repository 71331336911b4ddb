// SPDX-License-Identifier: MIT
/* perceptron.h - a multilayer perceptron on a tape: dense layers with one activation between them,
 * batch normalisation if wanted, and a loss. Used by the techniques multilayer_perceptron and mini_batch_training and by training
 * runs (trainer.h). Definition in reference/foundations/multilayer_perceptron.h. */
#pragma once

#include "../operations.h"

enum { PERCEPTRON_LAYERS = 8 };

enum perceptron_normalization { NOT_NORMALIZED, BEFORE_ACTIVATION, AFTER_ACTIVATION };

/* size[0] inputs, size[layers] outputs. */
struct perceptron_shape {
    size_t layers;
    size_t size[PERCEPTRON_LAYERS + 1];
    const struct operation *activation;
    bool has_targets; /* mean squared error; otherwise cross-entropy of labels */
    bool binary;      /* binary cross-entropy of the targets instead of their squared error */
    bool masked[PERCEPTRON_LAYERS];              /* hidden layers that are dropped out */
    scalar scale;                                /* of the units that are kept */
    enum perceptron_normalization normalization; /* of all hidden layers */
    struct batch_normalization_settings batch;   /* what layers have in common: no pointers */
    /* Of another network with the same layers, or NULL: its own. */
    scalar *parameter, *running;
};

/* Operations of perceptron_parts.c. */
struct perceptron_binary {
    const scalar *target; /* (rows, K) */
    scalar W;
};
extern const struct operation perceptron_binary_operation;
size_t perceptron_binary_scratch(size_t rows, size_t K);
struct perceptron_mask {
    int *kept; /* (rows, units) */
    scalar scale;
};
extern const struct operation perceptron_mask_operation;

struct perceptron {
    struct perceptron_shape shape;
    struct tape *tape;
    struct tensor *input, *output;
    size_t w[PERCEPTRON_LAYERS], b[PERCEPTRON_LAYERS]; /* places among the parameters */
    size_t gamma[PERCEPTRON_LAYERS], beta[PERCEPTRON_LAYERS];
    struct batch_normalization_settings normalization[PERCEPTRON_LAYERS];
    size_t runnings; /* scalars of running statistics: mean 1, variance 1, mean 2, ... */
    scalar *running;
    int *labels;    /* of this rank's samples, to be filled, */
    scalar *target; /* or (rows, outputs) */
    struct cross_entropy_settings cross_entropy;
    struct mean_squared_error_settings squares;
    struct perceptron_binary binary;
    struct perceptron_mask mask[PERCEPTRON_LAYERS]; /* to be filled where layers are masked */
};

/* A network for up to `capacity` samples of this rank. */
struct perceptron *perceptron_create(struct arena *arena, const struct team *team,
                                     const struct perceptron_shape *shape, size_t capacity,
                                     bool wants_input_gradient);

/* Normalisation that has learnt nothing: gamma 1, beta 0, running mean 0 and variance 1. */
void perceptron_start_normalization(struct perceptron *net);

/* The sums of normalisation over batches of this layout, and their use by the next steps. */
struct perceptron_sums {
    struct batch_sums layer[PERCEPTRON_LAYERS];
};
struct perceptron_sums perceptron_sums_create(struct arena *arena, const struct perceptron *net,
                                              const struct layout *layout);
void perceptron_use_sums(struct perceptron *net, const struct perceptron_sums *sums);

/* Prepares the loss: the mean over `samples` samples of all ranks. */
void perceptron_set_mean(struct perceptron *net, size_t samples);

/* The loss from its sum over samples. */
scalar perceptron_loss(const struct perceptron *net, scalar sum);
