// SPDX-License-Identifier: MIT
/* trainer.h - one step of mini-batch training of a perceptron, over all ranks.
 *
 * How it is distributed: the positions of a batch are cut into canonical blocks, and each rank owns
 * a range of them; every rank holds all parameters. During the backward pass each rank gets a slice
 * of the sum of the gradients, bucket by bucket (buckets.h), updates that slice of the parameters
 * with its slice of the optimizer's state, and the slices are spread. The loss travels behind the
 * parameters. Updates are elementwise, so cutting them changes no bits. Normalisation takes its
 * statistics of the whole batch, over all ranks, in the forward and the backward pass; its running
 * statistics are on every rank.
 *
 * A rank has no state but that of its slices: it has no use for more, and updating everything
 * everywhere would neither save a message nor time. So this is not an option.
 */
#pragma once

#include "buckets.h"
#include "foundations/perceptron.h"
#include "optimizers/optimizer.h"

enum trainer_optimizer { TRAIN_GRADIENT_DESCENT, TRAIN_MOMENTUM, TRAIN_ADAM };

struct trainer_settings {
    struct perceptron_shape shape;
    size_t samples, batch, block; /* batches of `batch`, and one of samples % batch */
    enum trainer_optimizer optimizer;
    scalar decay;             /* of gradient descent; the others have their own */
    bool hidden_weights_only; /* decay spares biases and the last layer */
    struct momentum_settings momentum;
    struct adam_settings adam;
    size_t bucket_bytes; /* of the sums that cross the network together; 0: a good size */
};

/* Batches of one size. */
struct batch_plan {
    size_t samples;
    struct layout layout;
    struct buckets *buckets;
    struct perceptron_sums sums; /* of the normalisation */
};

struct trainer {
    const struct team *team;
    struct trainer_settings settings;
    struct perceptron *net;
    struct batch_plan plan[2]; /* full, and the rest */
    /* The optimizer's state of this rank's slices (buckets.parts), NULL where it has none. */
    scalar *velocity;
    struct adam_state adam;
    scalar rate; /* of this step */
};

/* All parameters are 0 at first: the caller fills net->tape->parameter, the same on every rank, and
 * net->running where layers are normalised. */
struct trainer *trainer_create(struct arena *arena, const struct team *team,
                               const struct trainer_settings *settings);

/* Takes the optimizer back to before the first step. */
void trainer_forget(struct trainer *trainer);

/* Which positions of a batch of this size (full, or the rest) this rank owns; the caller puts their
 * samples into net->input and their answers into net->labels or net->target. */
struct piece trainer_positions(const struct trainer *trainer, size_t batch);

/* One step over a batch of this size. Returns its loss, on every rank. Collective. */
scalar trainer_step(struct trainer *trainer, size_t batch, scalar rate);

/* A state vector (velocity, adam.m, adam.v) in the order of the parameters, from the slices of all
 * ranks on rank 0, and back. `whole` (tape->sums) is not used on other ranks. Collective. */
void trainer_collect(const struct trainer *trainer, const scalar *state, scalar *whole);
void trainer_deal(const struct trainer *trainer, const scalar *whole, scalar *state);
