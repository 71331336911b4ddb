// SPDX-License-Identifier: MIT
/* program.h - what main.c asks of the numeric sources, in either precision.
 *
 * The numeric sources are compiled twice, and of each set only the name of its table is global:
 * engine_f32 and engine_f64. All functions are collective: every rank calls them with the same
 * arguments, except that only rank 0's paths are opened. They return 0 or EXIT_UNUSABLE, on every
 * rank the same, after rank 0 has printed one sentence.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct dataset;
struct recipe;
struct training_record;
struct bench_record;
struct limit_request;

/* How to compute. */
struct arithmetic {
    bool reproducible;
    const char *vector_width; /* "scalar", "256", ...; NULL: the widest there is */
    size_t bucket_bytes; /* of gradients that are summed together (buckets.h); 0: a good size */
    int threads;         /* of each rank */
    size_t thread_work;  /* what is worth a thread, in multiplications */
};

struct run_request {
    size_t paths;
    const char *const *path; /* of case files; rank 0 only */
    const char *result_path;
    size_t repetitions; /* above 0: answers each case that often before, and prints the times */
    bool by_orders;     /* before, measures each case as orders.h says */
};

/* Where a training run keeps checkpoints (data/README.md), and whether it begins with one. */
struct checkpoint_request {
    const char *folder; /* NULL: nowhere */
    size_t every;       /* steps; 0: an epoch */
    bool resume;
};

/* Whether the samples stay in their file (sample_stream.h). */
struct stream_request {
    bool is_streamed;
    size_t prefetch; /* batches that are read ahead */
};

/* What happens while a network is trained; on rank 0. */
struct progress {
    bool show_bar; /* on stderr, which is a terminal */
    bool verbose;  /* one line per epoch on stderr */
};

struct engine_program {
    int (*run)(const struct arithmetic *arithmetic, const struct run_request *request);
    int (*train)(const struct arithmetic *arithmetic, const struct recipe *recipe,
                 const struct dataset *data, const struct stream_request *streaming,
                 const struct checkpoint_request *checkpoints, const struct progress *progress,
                 struct training_record *record);
    /* By orders (orders.h) if `record` is NULL. */
    int (*bench)(const struct arithmetic *arithmetic, const struct recipe *recipe,
                 const struct dataset *data, struct bench_record *record);
    int (*limit)(const struct arithmetic *arithmetic, const struct limit_request *request);
};

extern const struct engine_program engine_f32, engine_f64;
