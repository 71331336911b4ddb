// SPDX-License-Identifier: MIT
/* workers.h - data-parallel training by hand: each worker has a shard of the samples, and gradients
 * or weights of all workers meet as the experiment says. */
#pragma once

#include "../lab/fit.h"

enum { WORKERS_MOST = 8 };

enum shards {
    SHARDS_MIXED,  /* sample n belongs to worker n mod P */
    SHARDS_SORTED, /* by class: each worker knows few classes */
};

struct workers {
    struct replica *replica;
    struct network *net; /* of whoever computes */
    const struct samples *samples;
    size_t count;                /* P */
    uint32_t *row[WORKERS_MOST]; /* the samples of each worker */
    size_t rows[WORKERS_MOST];
};

struct workers workers_create(struct replica *r, struct network *net, const struct samples *samples,
                              size_t count, enum shards shards);

/* Rows of batch number `step` of a worker, `batch` of them: its shard in an order that is drawn
 * anew for each pass over it. */
void workers_batch(struct workers *workers, size_t worker, size_t step, size_t batch,
                   uint32_t *row);

/* gradient (P) += weight times the gradient of these rows, at the net's weights. Returns the loss. */
double workers_add_gradient(struct workers *workers, const uint32_t *row, size_t count,
                            double weight, uint64_t mask, float *gradient);

/* Model averaging: each worker takes `steps` steps of gradient descent with batches of `batch`, and
 * after every `every` steps all continue from the mean of their weights, which the net has at the
 * end. every 1 is the average of gradients. */
void workers_average(struct workers *workers, size_t steps, size_t every, size_t batch,
                     double rate);
