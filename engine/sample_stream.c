// SPDX-License-Identifier: MIT
#include "sample_stream.h"

#include "../suites/protocol/dataset.h"
#include "failure.h"
#include "layout.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

enum { SENTENCE = 512 };

/* Rows of one batch on their way to this rank. */
struct delivery {
    unsigned char *row; /* (capacity) */
    int status;         /* of rank 0's reading */
    MPI_Request request[2];
};

/* What the reader shares with the main thread of rank 0. Batch b is in slot b % slots; those from
 * `sent` to `filled` - 1 are ready. */
struct reader {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_running, must_stop;
    size_t filled, sent, end;
    int status;
    char error[SENTENCE];
};

struct sample_stream {
    MPI_Comm comm;
    int rank, ranks;
    const struct dataset *data;
    size_t features, capacity, prefetch, slots;
    MPI_Datatype row_type;
    struct stream_pass pass;
    struct arena arena;          /* of the layouts of the pass */
    struct layout layout[2];     /* of full batches, and of the last one */
    size_t next, posted, end;    /* batches */
    size_t promised;             /* all ranks post those before */
    struct delivery delivery[2]; /* of even and odd batches */
    double waited;
    size_t largest; /* most rows of a batch on one rank */
    /* rank 0 */
    unsigned char **slot; /* (slots) each (capacity) rows */
    struct dataset_row *wanted;
    int *counts, *starts; /* (ranks) */
    uint64_t bytes;
    struct reader reader;
};

/* Pixels, the label, and the position. */
static size_t row_bytes(const struct sample_stream *stream)
{
    return stream->features + 1 + sizeof(uint32_t);
}

uint32_t stream_position(const struct stream_rows *rows, size_t n)
{
    uint32_t position;
    memcpy(&position, rows->position + n * rows->stride, sizeof position);
    return position;
}

struct sample_stream *stream_create(struct arena *arena, MPI_Comm comm, const struct dataset *data,
                                    size_t features, size_t batch, size_t prefetch)
{
    struct sample_stream *stream = arena_take(arena, 1, sizeof *stream);
    MPI_Comm_dup(comm, &stream->comm);
    MPI_Comm_rank(comm, &stream->rank);
    MPI_Comm_size(comm, &stream->ranks);
    stream->data = data;
    stream->features = features;
    stream->capacity = batch;
    stream->prefetch = prefetch;
    stream->slots = prefetch > 0 ? prefetch : 1;
    MPI_Type_contiguous((int)row_bytes(stream), MPI_BYTE, &stream->row_type);
    MPI_Type_commit(&stream->row_type);
    if (stream->rank != 0)
        return stream;
    stream->slot = arena_take(arena, stream->slots, sizeof *stream->slot);
    for (size_t i = 0; i < stream->slots; i++)
        stream->slot[i] = arena_take(arena, batch, row_bytes(stream));
    stream->wanted = arena_take(arena, batch, sizeof *stream->wanted);
    stream->counts = arena_take(arena, (size_t)stream->ranks, sizeof *stream->counts);
    stream->starts = arena_take(arena, (size_t)stream->ranks, sizeof *stream->starts);
    pthread_mutex_init(&stream->reader.lock, NULL);
    pthread_cond_init(&stream->reader.changed, NULL);
    return stream;
}

static size_t batch_rows(const struct stream_pass *pass, size_t b)
{
    size_t rest = pass->samples - b * pass->batch;
    return rest < pass->batch ? rest : pass->batch;
}

static const struct layout *layout_of(const struct sample_stream *stream, size_t b)
{
    return &stream->layout[batch_rows(&stream->pass, b) != stream->layout[0].samples];
}

/* ---- rank 0 reads ---------------------------------------------------------------------------- */

static int read_batch(struct sample_stream *stream, size_t b, uint64_t *bytes, char *error)
{
    const struct stream_pass *pass = &stream->pass;
    const struct dataset *data = stream->data;
    unsigned char *slot = stream->slot[b % stream->slots];
    size_t rows = batch_rows(pass, b), at = b * pass->batch;
    for (size_t n = 0; n < rows; n++) {
        uint32_t position = pass->order != NULL ? pass->order[at + n] : (uint32_t)(at + n);
        uint32_t sample = pass->sample[position];
        unsigned char *to = slot + n * row_bytes(stream);
        stream->wanted[n] = (struct dataset_row){sample, to};
        to[stream->features] = data->labels[sample];
        memcpy(to + stream->features + 1, &position, sizeof position);
    }
    return dataset_read(data, stream->wanted, rows, bytes, error, SENTENCE);
}

static void *read_ahead(void *argument)
{
    struct sample_stream *stream = argument;
    struct reader *reader = &stream->reader;
    pthread_mutex_lock(&reader->lock);
    while (reader->filled < reader->end && reader->status == 0 && !reader->must_stop) {
        if (reader->filled - reader->sent >= stream->slots) {
            pthread_cond_wait(&reader->changed, &reader->lock);
            continue;
        }
        size_t b = reader->filled;
        pthread_mutex_unlock(&reader->lock);
        uint64_t bytes = 0;
        int status = read_batch(stream, b, &bytes, reader->error);
        pthread_mutex_lock(&reader->lock);
        reader->status = status;
        reader->filled += status == 0;
        stream->bytes += bytes;
        pthread_cond_broadcast(&reader->changed);
    }
    pthread_mutex_unlock(&reader->lock);
    return NULL;
}

static void start_reader(struct sample_stream *stream)
{
    struct reader *reader = &stream->reader;
    reader->filled = reader->sent = stream->next;
    reader->end = stream->end;
    reader->status = 0;
    reader->must_stop = false;
    reader->is_running = stream->prefetch > 0;
    if (reader->is_running && pthread_create(&reader->thread, NULL, read_ahead, stream) != 0)
        failure_abort("no thread can be started to read data ahead: allow more, or use --prefetch "
                      "0");
}

static void stop_reader(struct sample_stream *stream)
{
    struct reader *reader = &stream->reader;
    if (!reader->is_running)
        return;
    pthread_mutex_lock(&reader->lock);
    reader->must_stop = true;
    pthread_cond_broadcast(&reader->changed);
    pthread_mutex_unlock(&reader->lock);
    pthread_join(reader->thread, NULL);
    reader->is_running = false;
}

static bool is_ready(struct sample_stream *stream, size_t b)
{
    struct reader *reader = &stream->reader;
    pthread_mutex_lock(&reader->lock);
    bool ready = reader->filled > b;
    pthread_mutex_unlock(&reader->lock);
    return ready;
}

/* Until batch b is in its slot, or cannot be read. */
static int wait_for(struct sample_stream *stream, size_t b)
{
    struct reader *reader = &stream->reader;
    if (stream->prefetch == 0) {
        reader->status = read_batch(stream, b, &stream->bytes, reader->error);
        return reader->status;
    }
    pthread_mutex_lock(&reader->lock);
    while (reader->filled <= b && reader->status == 0)
        pthread_cond_wait(&reader->changed, &reader->lock);
    int status = reader->filled > b ? 0 : reader->status;
    pthread_mutex_unlock(&reader->lock);
    return status;
}

static void release_slot(struct sample_stream *stream, size_t b)
{
    struct reader *reader = &stream->reader;
    pthread_mutex_lock(&reader->lock);
    reader->sent = b + 1;
    pthread_cond_broadcast(&reader->changed);
    pthread_mutex_unlock(&reader->lock);
}

/* ---- all ranks receive ----------------------------------------------------------------------- */

/* Sets out batch number `posted`; its slot is filled, or not when the status is not 0. */
static void post(struct sample_stream *stream, int status)
{
    size_t b = stream->posted++;
    const struct layout *layout = layout_of(stream, b);
    struct delivery *delivery = &stream->delivery[b % 2];
    const unsigned char *from = NULL;
    if (stream->rank == 0) {
        from = stream->slot[b % stream->slots];
        for (int r = 0; r < stream->ranks; r++) {
            stream->counts[r] = (int)layout_count(layout, r);
            stream->starts[r] = stream->counts[r] > 0 ? (int)layout_first(layout, r) : 0;
        }
    }
    delivery->status = status;
    MPI_Ibcast(&delivery->status, 1, MPI_INT, 0, stream->comm, &delivery->request[0]);
    MPI_Iscatterv(from, stream->counts, stream->starts, stream->row_type, delivery->row,
                  (int)layout_count(layout, stream->rank), stream->row_type, 0, stream->comm,
                  &delivery->request[1]);
}

void stream_begin(struct sample_stream *stream, const struct stream_pass *pass)
{
    size_t full = pass->batch < pass->samples ? pass->batch : pass->samples;
    stream->pass = *pass;
    stream->next = stream->posted = stream->promised = pass->first;
    stream->end = (pass->samples - 1) / pass->batch + 1;
    stream->layout[0] = layout_create(&stream->arena, full, pass->block, stream->ranks);
    stream->layout[1] =
        layout_create(&stream->arena, pass->samples % full, pass->block, stream->ranks);
    size_t mine = 0;
    for (int i = 0; i < 2; i++) {
        size_t rows = layout_count(&stream->layout[i], stream->rank);
        size_t most = layout_largest(&stream->layout[i]);
        mine = rows > mine ? rows : mine;
        stream->largest = most > stream->largest ? most : stream->largest;
    }
    for (int i = 0; i < 2; i++)
        stream->delivery[i].row = arena_take(&stream->arena, mine, row_bytes(stream));
    if (stream->rank == 0)
        start_reader(stream);
}

int stream_next(struct sample_stream *stream, struct stream_rows *rows)
{
    size_t b = stream->next++;
    struct delivery *delivery = &stream->delivery[b % 2];
    double before = MPI_Wtime();
    stream->promised = stream->next;
    if (stream->posted == b)
        post(stream, stream->rank == 0 ? wait_for(stream, b) : 0);
    MPI_Waitall(2, delivery->request, MPI_STATUSES_IGNORE);
    stream->waited += MPI_Wtime() - before;
    if (delivery->status != 0)
        return failure_unusable("%s", stream->reader.error);
    if (stream->rank == 0)
        release_slot(stream, b);
    if (stream->prefetch > 0 && stream->next < stream->end) {
        stream->promised++;
        if (stream->rank != 0 || is_ready(stream, stream->next))
            post(stream, 0);
    }
    const unsigned char *row = delivery->row;
    *rows =
        (struct stream_rows){row, row + stream->features, row + stream->features + 1,
                             row_bytes(stream), layout_count(layout_of(stream, b), stream->rank)};
    return 0;
}

void stream_end(struct sample_stream *stream)
{
    if (stream->rank == 0)
        stop_reader(stream);
    /* The other ranks have asked for one more, which nobody wants any more. */
    if (stream->posted < stream->promised)
        post(stream, 0);
    if (stream->next < stream->promised)
        MPI_Waitall(2, stream->delivery[stream->next % 2].request, MPI_STATUSES_IGNORE);
    arena_release(&stream->arena);
}

double stream_waited(struct sample_stream *stream)
{
    double longest = 0;
    MPI_Allreduce(&stream->waited, &longest, 1, MPI_DOUBLE, MPI_MAX, stream->comm);
    stream->waited = 0;
    return longest;
}

struct stream_usage stream_usage(const struct sample_stream *stream)
{
    size_t rows = stream->largest * (stream->prefetch > 0 ? 2 : 1);
    return (struct stream_usage){rows + stream->slots * stream->capacity, stream->bytes};
}

void stream_close(struct sample_stream *stream)
{
    MPI_Type_free(&stream->row_type);
    MPI_Comm_free(&stream->comm);
    if (stream->rank == 0) {
        pthread_cond_destroy(&stream->reader.changed);
        pthread_mutex_destroy(&stream->reader.lock);
    }
}
