// SPDX-License-Identifier: MIT
/* training.h - what a training run or a benchmark of one reports, in no particular precision; it is
 * rendered by training_json.c. */
#pragma once

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

struct dataset;
struct placement;
struct recipe;

/* After an epoch: the mean over training samples of the losses of their batches, each before its
 * step, and the shares of both splits that the network gets right at the end of the epoch. */
struct epoch_record {
    double loss, train_accuracy, test_accuracy;
};

struct step_loss {
    size_t step; /* from 1 */
    double loss;
};

enum { TRAINING_STEPS = 64, TRAINING_HASH = 65, BENCH_REPETITIONS = 11 };

/* What all records say about how it was computed. */
struct setting_record {
    int ranks, threads; /* of each rank */
    bool reproducible;
    const char *precision, *vector_width;
};

/* What reading samples from their file took (sample_stream.h). */
struct streaming_record {
    bool is_streamed;
    size_t prefetch, rows;    /* rows: in memory at most, on the rank with most of them */
    unsigned long long bytes; /* read while training */
    double *seconds_waited;   /* (epochs) by the slowest rank, for samples; NaN before it went on */
};

/* Bytes of one rank: what its process takes, and what it must take, which is the sum of the parts.
 * Of the rank that takes most beyond its base for what it must. */
struct memory_record {
    double base, peak; /* resident memory before it works, and at most */
    double parameters, optimizer_state, activations, samples;
};

struct training_record {
    struct setting_record setting;
    struct streaming_record streaming;
    struct memory_record memory;
    const struct placement *process;  /* where each rank ran; main.c adds it */
    struct arena arena;               /* of what follows */
    size_t epochs, steps, resumed_at; /* resumed_at: after this step, or 0 */
    struct epoch_record *epoch;
    double median_seconds, minimum_seconds; /* of a step, on the slowest rank; NaN without steps */
    size_t losses;
    struct step_loss loss[TRAINING_STEPS]; /* at steps 1, 2, 4, 8, ... and the last */
    /* SHA-256 of w1, b1, w2, ..., little-endian; with normalisation of w1, b1, gamma1, beta1, w2,
     * ..., and after the last parameter of running mean 1, running variance 1, mean 2, ... */
    char weights_hash[TRAINING_HASH];
    bool wants_parameters; /* asked for by the caller, since they take twice a network's memory */
    double *parameter;     /* then, on rank 0: w1, b1, w2, ... at the end */
};

/* Seconds, on the slowest rank; of each repetition in the order of their length. */
struct duration {
    size_t repetitions;
    double median, minimum;
    double seconds[BENCH_REPETITIONS];
};

/* What messages between the first and the last rank cost: a message of n bytes takes
 * latency + n seconds_per_byte. NaN with one rank. */
struct message_cost {
    double latency, seconds_per_byte;
};

struct bench_record {
    struct setting_record setting;
    const struct placement *process; /* as above */
    struct memory_record memory;
    size_t repeat; /* repetitions of one round each that were asked for, or 0 */
    size_t rows;   /* of this recipe's batch on the largest rank */
    size_t sums;   /* numbers that are added up over the samples in a step */
    struct message_cost message;
    char weights_hash[TRAINING_HASH]; /* as above, after the first step */
    struct duration step;             /* one training step */
    struct duration
        limit; /* the matrix products of a step alone, by OpenBLAS with as many threads */
    struct duration allreduce; /* MPI_Allreduce of as many numbers */
    struct duration sum;       /* the sum of all gradients over the ranks alone */
    double products;           /* floating-point operations of those matrix products */
};

/* Write the record to `path`, "-" for stdout. Return 0, or EXIT_UNUSABLE after one sentence. Rank 0
 * only. */
int training_write(const struct training_record *record, const struct recipe *recipe,
                   const char *path);
int bench_write(const struct bench_record *record, const struct recipe *recipe, const char *path);

/* Writes where each of `ranks` ranks runs to stdout; returns as training_write does. */
int placement_write(const struct placement *process, int ranks);

/* Writes the trained network and the test samples of the data as a case of multilayer_perceptron,
 * which any implementation, attack or defence can start from: `x`, `labels`, `w1`, `b1`, ...,
 * rounded to binary32. Returns as training_write does. Rank 0 only. */
int training_write_case(const struct training_record *record, const struct recipe *recipe,
                        const struct dataset *data, const char *path);
