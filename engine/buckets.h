// SPDX-License-Identifier: MIT
/* buckets.h - the sums of a tape over all ranks, while its backward pass goes on.
 *
 * The sums (gradients of parameters, losses) are cut into buckets, the last layers first. As soon
 * as the backward pass has gone through the layers of a bucket, its sums over this rank's samples
 * are added up, and its messages begin to travel during the backward pass of the layers before.
 * When a rank has its slice of a bucket's total, it updates that slice of the parameters; that
 * travels meanwhile, too. So a bucket is worked on while it is in the cache, and only a few buckets
 * need memory for sums at any moment, however many parameters there are.
 *
 * Where the sums are cut depends on the tape, the wanted size and the number of ranks, and no sum
 * depends on where they are cut.
 */
#pragma once

#include "tape.h"

struct bucket {
    size_t first, count; /* of the tape's sums */
    size_t node;         /* whose backward pass is the last that it needs */
    size_t part;         /* where this rank's slice of it is among this rank's slices */
    struct reduction *reduction;
};

struct buckets {
    struct tape *tape;
    size_t count, slots;
    struct bucket *bucket; /* (count), in the order of the backward pass */
    size_t parts;          /* scalars in all of this rank's slices: those of the state */
};

/* Memory for sums that buckets of several layouts share, one of them at a time. */
struct reduction_memory *buckets_memory(struct arena *arena);

/* Buckets of about `bytes` (0: a good size) for pieces of `layout`. */
struct buckets *buckets_create(struct arena *arena, const struct layout *layout, struct tape *tape,
                               size_t bytes, struct reduction_memory *memory);

/* What a rank does with its slice of a total: `count` parameters from number `first` on have the
 * gradients `g`, and the state from number `part` of this rank on. */
struct bucket_update {
    void (*update)(void *trainer, size_t first, size_t part, size_t count, const scalar *g);
    void *trainer;
};

/* The backward pass for `rows` rows, and an update of all parameters on all ranks. Sums that are no
 * gradients are then behind the parameters. Collective. */
void buckets_backward(struct buckets *buckets, size_t rows, const struct bucket_update *update);

/* A vector in the order of the parameters, from the slices of all ranks on rank 0, and back. `whole`
 * (the tape's sums) is not used on other ranks. Collective. */
void buckets_collect(const struct buckets *buckets, const scalar *parts, scalar *whole);
void buckets_deal(const struct buckets *buckets, const scalar *whole, scalar *parts);
