// SPDX-License-Identifier: MIT
/* player.h - a network of an adversarial game, the generator or the discriminator: a multilayer
 * perceptron (multilayer_perceptron.h) whose inputs have a prefix, with all parameters in a row. */
#pragma once

#include "../foundations/multilayer_perceptron.h"

/* What is behind the last layer. */
enum player_end { PLAYER_LINEAR, PLAYER_TANH, PLAYER_RELU };

struct player {
    const char *name; /* "generator" */
    char letter;      /* of the size of its input; those of its layers follow */
    struct perceptron net;
    struct perceptron_batch space;
    enum player_end squashed;
    size_t P;
    real *value, *gradient; /* (P): w1, b1, w2, b2, ... */
    real *output;           /* (N, K) of the last forward pass */
    const real *x;          /* its input */
    size_t N;
};

/* Reads <name>_w1, <name>_b1, <name>_w2, ... and the convention <name>_activation (relu, tanh,
 * sigmoid) as copies. Input and layers get the letters from `letter` on. */
void player_read(struct call *call, struct player *player, const char *name, char letter);

/* Space for batches of at most N samples. */
void player_allocate(struct call *call, struct player *player, size_t N);

/* The number of inputs, and of outputs. */
size_t player_inputs(const struct player *player);
size_t player_outputs(const struct player *player);

/* The output (N, outputs) for x (N, inputs), both of which must stay until the backward pass. */
const real *player_forward(struct player *player, const real *x, size_t N);

/* States the decisions of its ReLUs in the last forward pass. */
void player_decisions(struct call *call, const struct player *player);

/* Fills `gradient` from doutput for the samples of the last forward pass; dx may be NULL. */
void player_backward(struct player *player, const real *doutput, real *dx, size_t block);

/* A name like "generator_w1_after" for layer `layer` from 0, kind 'w' or 'b'; good for the call. */
const char *player_name(struct call *call, const char *before, const struct player *player,
                        char kind, size_t layer, const char *after);

/* The shape of w or b of a layer, with an axis `steps` in front unless that is 0. */
struct player_shape {
    char letters[4];
};
struct player_shape player_shape(const struct player *player, char kind, size_t layer, char steps);

/* Outputs d<name>_w1, ...: the gradient. */
void player_gradient_outputs(struct call *call, const struct player *player);
