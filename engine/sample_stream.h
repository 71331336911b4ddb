// SPDX-License-Identifier: MIT
/* sample_stream.h - samples that stay in their file and arrive when they are needed.
 *
 * How it is distributed: rank 0 alone reads. Files of strangers are opened by one process, clusters
 * need no shared file system, and a batch is one pass over the file in its order, which rows asked
 * for by many ranks would not be. In return all rows leave rank 0: its network, not the disks of
 * the others, is the limit. A thread of rank 0 reads the batches to come into `prefetch` slots, in
 * the order in which they are needed; it calls neither MPI nor HDF5 (dataset_read), so checkpoints
 * are written beside it, and MPI_THREAD_FUNNELED is enough. Each batch is then scattered by the
 * main threads, one batch ahead, while the one before is computed. Whole samples are moved and
 * nothing is added, so bits do not depend on any of this.
 *
 * Memory: on rank 0 `prefetch` batches (one without prefetching), the order of the samples and
 * which samples belong to a split (4 bytes a sample each), their labels and splits (2 bytes a
 * sample); on every rank its own rows of two batches. Nothing else grows with the data.
 */
#pragma once

#include "arena.h"

#include <mpi.h>
#include <stddef.h>
#include <stdint.h>

struct dataset;

/* One visit of samples, in batches of `batch` (the last one shorter), of which each rank gets the
 * positions that layout_create(batch, block, ranks) gives it. Begins with batch number `first`. */
struct stream_pass {
    size_t samples, batch, block, first;
    const uint32_t *sample; /* (samples) numbers of the data; rank 0 */
    const uint32_t *order;  /* (samples) positions of `sample`, or NULL: as they come; rank 0 */
};

/* This rank's rows of a batch, each `stride` bytes behind the one before. Valid until the next call.
 */
struct stream_rows {
    const unsigned char *pixel, *label, *position;
    size_t stride, count;
};

/* The position of row n among the samples of the pass, before the order. */
uint32_t stream_position(const struct stream_rows *rows, size_t n);

struct stream_usage {
    size_t rows;    /* in memory at most, on the rank with most of them */
    uint64_t bytes; /* read from the file by this program; rank 0 */
};

struct sample_stream;

/* For passes in batches of at most `batch`. `data` is on rank 0 and in place (dataset.h). Ends the
 * program when there is no memory. Collective, as all functions here. */
struct sample_stream *stream_create(struct arena *arena, MPI_Comm comm, const struct dataset *data,
                                    size_t features, size_t batch, size_t prefetch);

/* The arrays of the pass must stay until stream_end. */
void stream_begin(struct sample_stream *stream, const struct stream_pass *pass);

/* The next batch. Returns 0, or EXIT_UNUSABLE on every rank after one sentence. */
int stream_next(struct sample_stream *stream, struct stream_rows *rows);

/* After the last batch, or before: ends the reading ahead. All ranks have had as many batches. */
void stream_end(struct sample_stream *stream);

/* Seconds that the slowest rank has spent waiting in stream_next since the last call. */
double stream_waited(struct sample_stream *stream);

struct stream_usage stream_usage(const struct sample_stream *stream);

void stream_close(struct sample_stream *stream);
