// SPDX-License-Identifier: MIT
/* network.h - the networks of experiments: dense layers on the engine's tape, as deep as wanted.
 *
 * A hidden layer is: dense, normalization if it comes before the activation, activation,
 * normalization if it comes after, shortcut (y = x + layer(x), where both are as wide), dropout.
 * Weights start from normal (or uniform) draws of the replica, biases from 0. The last layer is
 * dense alone: its outputs are logits or predictions.
 */
#pragma once

#include "../../../engine/foundations/perceptron.h"
#include "../../../engine/tape.h"
#include "samples.h"

enum { NETWORK_LAYERS = 256 };

enum network_activation {
    ACTIVATION_LINEAR,
    ACTIVATION_RELU,
    ACTIVATION_LEAKY_RELU, /* slope 0.01 */
    ACTIVATION_TANH,
    ACTIVATION_SIGMOID,
    ACTIVATION_ELU,
    ACTIVATION_SOFTPLUS,
};

/* Weights of I inputs and O outputs are scale times: */
enum network_initialization {
    START_HE_NORMAL,      /* normal, variance 2 / I */
    START_HE_UNIFORM,     /* uniform, the same variance */
    START_GLOROT_NORMAL,  /* normal, variance 2 / (I + O) */
    START_GLOROT_UNIFORM, /* uniform, the same variance */
    START_LECUN_NORMAL,   /* normal, variance 1 / I */
    START_NORMAL,         /* normal, variance 1 */
    START_UNIFORM,        /* uniform in [-1, 1) */
    START_ZERO,
    START_IDENTITY, /* 1 on the diagonal, 0 elsewhere */
};

enum network_loss {
    LOSS_CROSS_ENTROPY,        /* of labels, after a softmax */
    LOSS_SQUARED_ERROR,        /* of targets, the mean over samples and outputs */
    LOSS_BINARY_CROSS_ENTROPY, /* of targets 0 or 1, after a sigmoid */
};

enum network_normalization { NORMALIZATION_NONE, NORMALIZATION_BEFORE, NORMALIZATION_AFTER };

struct network_plan {
    size_t inputs, layers;        /* layers with weights, the last one among them */
    size_t units[NETWORK_LAYERS]; /* of each; the last are the outputs */
    enum network_activation activation;
    enum network_initialization start;
    double scale; /* of the initial weights; 0 means 1 */
    enum network_loss loss;
    enum network_normalization normalization; /* of hidden layers, over the batch */
    bool has_shortcuts;
    double dropout; /* share of hidden units that is dropped while training; kept ones / (1 - p) */
    const float *class_weight; /* (outputs) of the cross-entropy, or NULL: all 1 */
    double smoothing;          /* of the labels, by the cross-entropy */
    uint64_t stream;           /* added to the streams of weights and masks: another start */
};

struct network {
    struct network_plan plan;
    struct replica *replica;
    struct arena arena;
    struct tape *tape;
    size_t capacity; /* rows at a time */
    struct tensor *input, *output;
    struct tensor *hidden[NETWORK_LAYERS], *before[NETWORK_LAYERS]; /* of layer l: what it gives to
                                         the next one, and what its activation is given */
    size_t weight[NETWORK_LAYERS], bias[NETWORK_LAYERS]; /* places among the parameters */
    float *gradient; /* of all parameters, and behind them the sum of the losses */
    /* The engine's settings of the losses and masks. */
    int *label;
    float *target;
    struct cross_entropy_settings cross_entropy;
    struct mean_squared_error_settings squares;
    struct perceptron_binary binary;
    struct perceptron_mask *mask;              /* (hidden layers) */
    struct batch_normalization_settings *norm; /* (hidden layers) epsilon 1e-5, momentum 0.1 */
    size_t scale_place[NETWORK_LAYERS];        /* of gamma, then beta, of a normalized layer */
    float *running;                            /* means, then variances, layer after layer */
    size_t running_count;
    struct network_batch *batch; /* the sizes of batches that have been used */
    bool is_training;
};

/* `depth` layers in all: depth - 1 of `width` units, and the outputs; ReLU, He. */
struct network_plan network_plan(size_t inputs, size_t depth, size_t width, size_t outputs);

/* A network with its initial weights, for up to `capacity` rows at a time; network_free releases
 * it. */
struct network *network_create(struct replica *r, const struct network_plan *plan, size_t capacity);
void network_free(struct network *net);

/* Draws the initial weights again. */
void network_start(struct network *net);

/* Everything that training changes, to be kept and taken back: the parameters, then the running
 * statistics of normalized layers. */
size_t network_state_count(const struct network *net);
void network_save(const struct network *net, float *state);
void network_load(struct network *net, const float *state);

/* Number of parameters; all of them, in the order w1, b1, w2, ... (normalization: gamma, beta after
 * the bias of their layer). */
size_t network_parameters(const struct network *net);
float *network_parameter(struct network *net);

/* The loss of the rows `row` (count of them; NULL: the first ones) of the samples, which are at
 * most `capacity`, and the gradient of all parameters in net->gradient. In training mode: with
 * dropout (masks of stream `mask`) and statistics of the batch. */
double network_gradient(struct network *net, const struct samples *samples, const uint32_t *row,
                        size_t count, uint64_t mask);

/* The same as it is when the network is used: the mean over all samples, of any number. */
double network_loss(struct network *net, const struct samples *samples);
double network_accuracy(struct network *net, const struct samples *samples);
/* outputs (count, outputs) */
void network_outputs(struct network *net, const struct samples *samples, float *outputs);

/* Puts up to `capacity` samples from `first` on through the network, as it is used: then
 * net->hidden and net->output hold values. Returns how many. */
size_t network_forward(struct network *net, const struct samples *samples, size_t first);

/* d loss / d x (count, features) of each sample's own loss, where count <= capacity; as the network
 * is used. */
void network_input_gradient(struct network *net, const struct samples *samples, float *dx);

/* Euclidean norm of the gradient of the weights of layer l (biases apart), after network_gradient. */
double network_layer_norm(const struct network *net, size_t layer);
