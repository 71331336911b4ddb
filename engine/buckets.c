// SPDX-License-Identifier: MIT
#include "buckets.h"

/* Buckets whose sums are on their way at a time: enough for messages to be hidden behind the
 * computing of the next ones. */
enum { SLOTS = 4 };

/* On one rank a bucket is a piece of cache: with the partial sums of the tree that wait it fits a
 * level-2 cache. Between ranks it is cut again into messages, one for each, which should not become
 * so short that latency counts. */
static const size_t smallest_bytes = 1 << 18, smallest_message = 1 << 16;

struct reduction_memory *buckets_memory(struct arena *arena)
{
    return reduction_memory_create(arena, SLOTS);
}

/* Where the bucket begins that ends before `end` and has about `wanted` scalars. */
static size_t begin_of_bucket(const struct tape *tape, size_t end, size_t wanted)
{
    if (end <= wanted + wanted / 2)
        return 0;
    return tape_cut(tape, end - wanted);
}

static void plan(struct buckets *buckets, struct arena *arena, const struct layout *layout,
                 size_t wanted, struct reduction_memory *memory)
{
    const struct tape *tape = buckets->tape;
    for (size_t end = tape->sums; end > 0; buckets->count++)
        end = begin_of_bucket(tape, end, wanted);
    buckets->bucket = arena_take(arena, buckets->count, sizeof *buckets->bucket);
    for (size_t i = 0, end = tape->sums; i < buckets->count; i++) {
        struct bucket *bucket = &buckets->bucket[i];
        bucket->first = begin_of_bucket(tape, end, wanted);
        bucket->count = end - bucket->first;
        bucket->node = tape_node_of(tape, bucket->first);
        bucket->reduction = reduction_create_in(arena, tape->team, layout, bucket->count, memory,
                                                i % buckets->slots);
        bucket->part = buckets->parts;
        buckets->parts += reduction_slice(bucket->reduction).count;
        end = bucket->first;
    }
}

struct buckets *buckets_create(struct arena *arena, const struct layout *layout, struct tape *tape,
                               size_t bytes, struct reduction_memory *memory)
{
    struct buckets *buckets = arena_take(arena, 1, sizeof *buckets);
    size_t ranks = (size_t)tape->team->ranks;
    size_t good = ranks * smallest_message;
    good = ranks > 1 && good > smallest_bytes ? good : smallest_bytes;
    buckets->tape = tape;
    buckets->slots = ranks > 1 ? SLOTS : 1;
    plan(buckets, arena, layout, (bytes != 0 ? bytes : good) / sizeof(scalar) + 1, memory);
    return buckets;
}

/* What has begun goes on while this rank computes. */
static void progress(const struct buckets *buckets, size_t finished, size_t started)
{
    for (size_t i = finished; i < started; i++)
        reduction_progress(buckets->bucket[i].reduction);
}

static void sum(const struct buckets *buckets, size_t i, size_t finished)
{
    const struct bucket *bucket = &buckets->bucket[i];
    for (size_t k = 0; k < reduction_pieces(bucket->reduction); k++) {
        struct piece piece = reduction_piece(bucket->reduction, k);
        scalar *leaf = reduction_leaf(bucket->reduction);
        tape_sum_part(buckets->tape, piece, bucket->first, bucket->count, leaf);
        reduction_push(bucket->reduction);
        progress(buckets, finished, i);
    }
}

/* This rank's slice: gradients, then what travels behind the parameters. */
static void finish(const struct buckets *buckets, const struct bucket *bucket,
                   const struct bucket_update *update)
{
    struct tape *tape = buckets->tape;
    struct slice slice = reduction_finish_slice(bucket->reduction);
    size_t first = bucket->first + slice.first, count = slice.count;
    while (count > 0 && first + count > tape->parameters) {
        count--;
        tape->parameter[first + count] = slice.value[count];
    }
    update->update(update->trainer, first, bucket->part, count, slice.value);
    reduction_spread_start(bucket->reduction, tape->parameter + bucket->first);
}

void buckets_backward(struct buckets *buckets, size_t rows, const struct bucket_update *update)
{
    struct tape *tape = buckets->tape;
    size_t started = 0, finished = 0;
    for (size_t node = tape->nodes; node-- > 0;) {
        tape_backward_node(tape, node, rows);
        progress(buckets, finished, started);
        while (started < buckets->count && buckets->bucket[started].node == node) {
            if (started - finished == buckets->slots) /* the slot has to be free again */
                finish(buckets, &buckets->bucket[finished++], update);
            sum(buckets, started, finished);
            reduction_start(buckets->bucket[started++].reduction);
            if (buckets->slots == 1) /* nothing to wait for, and it is in the cache */
                finish(buckets, &buckets->bucket[finished++], update);
        }
    }
    while (finished < started)
        finish(buckets, &buckets->bucket[finished++], update);
    for (size_t i = 0; i < buckets->count; i++)
        reduction_spread_finish(buckets->bucket[i].reduction);
}

void buckets_collect(const struct buckets *buckets, const scalar *parts, scalar *whole)
{
    for (size_t i = 0; i < buckets->count; i++) {
        const struct bucket *bucket = &buckets->bucket[i];
        reduction_collect(bucket->reduction, parts + bucket->part,
                          whole != NULL ? whole + bucket->first : NULL);
    }
}

void buckets_deal(const struct buckets *buckets, const scalar *whole, scalar *parts)
{
    for (size_t i = 0; i < buckets->count; i++) {
        const struct bucket *bucket = &buckets->bucket[i];
        reduction_deal(bucket->reduction, whole != NULL ? whole + bucket->first : NULL,
                       parts + bucket->part);
    }
}
