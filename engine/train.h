// SPDX-License-Identifier: MIT
/* train.h - whole training runs, by recipe (suites/protocol/recipe.h). */
#pragma once

#include "program.h"
#include "sample_stream.h"
#include "training.h"
#include "trainer.h"

#include <stdint.h>

/* See struct engine_program. `data` is on rank 0, NULL elsewhere. */
int train_network(const struct arithmetic *arithmetic, const struct recipe *recipe,
                  const struct dataset *data, const struct stream_request *streaming,
                  const struct checkpoint_request *checkpoints, const struct progress *progress,
                  struct training_record *record);

/* Where a run is. */
struct course {
    size_t step, steps, per_epoch; /* `step` are done */
    double loss_sum;               /* over the samples of this epoch so far */
};

/* One split of the data: all of it on every rank; or, when it is streamed, where it is, on rank 0.
 */
struct samples {
    size_t count, features, classes;
    scalar maximum;
    const unsigned char *pixels, *labels; /* of all data; NULL when they are streamed */
    uint32_t *sample;                     /* (count) numbers of the data */
};

/* A training run that has not begun: the same on every rank. */
struct training {
    struct team team;
    const struct recipe *recipe;
    struct samples train, test;
    struct trainer *trainer;      /* with initial weights */
    uint32_t *order;              /* (train.count) of the samples in this epoch; streamed: rank 0 */
    struct sample_stream *stream; /* or NULL */
};

/* Shares the data, builds the network and sets its weights. Returns 0, or EXIT_UNUSABLE after one
 * sentence. Collective. */
int training_prepare(struct training *training, struct arena *arena,
                     const struct arithmetic *arithmetic, const struct recipe *recipe,
                     const struct dataset *data, const struct stream_request *streaming);

/* What memory this has taken by now; `evaluation` scalars belong to activations besides. Collective.
 */
struct memory_record training_memory(const struct training *training, size_t evaluation);

/* Always, before the arena is released. */
void training_close(struct training *training);

/* Initial weights, and an optimizer that has seen nothing. */
void training_restart(struct training *training);

/* SHA-256 of the parameters in their order, then of the running statistics, if there are any. */
void training_hash(const struct training *training, char text[]);

/* Makes pixels row n of a network's input, x = pixel / maximum. */
void training_place(struct perceptron *net, size_t n, const unsigned char *pixel, scalar maximum);

/* Puts this rank's samples of such a batch into the network. Returns as training_step does. */
int training_load(struct training *training, size_t epoch, size_t position, size_t batch);

/* One step over the batch that begins at this position of the epoch's order, which when it is
 * streamed is the next one of the pass. Returns 0, or EXIT_UNUSABLE after one sentence. */
int training_step(struct training *training, size_t epoch, size_t position, size_t batch,
                  scalar *loss);
