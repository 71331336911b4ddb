// SPDX-License-Identifier: MIT
/* bench.h - the main job: everything that `make bench` measures, into one record. */
#pragma once

#include <jansson.h>
#include <stddef.h>

enum { BENCH_PATH = 1024, BENCH_ARGUMENTS = 40, BENCH_RANK_COUNTS = 16 };

struct bench {
    char programs[BENCH_PATH]; /* folder of the built programs */
    char data[BENCH_PATH];     /* folder of the corpus */
    char folder[BENCH_PATH];   /* where this run puts its files */
    char launcher[BENCH_PATH]; /* words before "-n P program": "mpirun" */
    char cluster[BENCH_PATH];  /* folder of the platforms that are simulated */
    size_t rank_counts;        /* numbers of ranks to be tried, ascending */
    int ranks[BENCH_RANK_COUNTS];
    int epochs;       /* of the training on digits */
    int cores;        /* of this machine */
    char reason[512]; /* why the run is not valid; empty while it is */
};

/* One program of ours, started with a launcher when ranks > 0. */
struct bench_command {
    const char *program; /* "assay-engine" */
    int ranks;           /* 0: without a launcher */
    const char *argument[BENCH_ARGUMENTS];
    const char *variable[8];
};

/* Runs it. Returns its exit status, and its standard output in *output (to be freed) unless output
 * is NULL; *seconds (unless NULL) is the wall time. */
int bench_run(const struct bench *bench, const struct bench_command *command, char **output,
              double *seconds);

/* The same, with the standard output parsed. NULL, and a reason noted, when there is no JSON or the
 * exit status is above `tolerated`. */
json_t *bench_run_json(struct bench *bench, const struct bench_command *command, int tolerated,
                       double *seconds);

/* A path in the folder of this run. */
const char *bench_path(const struct bench *bench, char *path, const char *name);

/* Notes why the run is invalid; the first reason stays. */
void bench_invalid(struct bench *bench, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The parts of the record. Each returns a new JSON value and notes what makes the run invalid. */
json_t *bench_environment(struct bench *bench);
json_t *bench_corpus(struct bench *bench);
json_t *bench_conformance(struct bench *bench);
json_t *bench_bits(struct bench *bench, int thorough);
json_t *bench_kill(struct bench *bench);
json_t *bench_training(struct bench *bench);
json_t *bench_pictures(struct bench *bench);
json_t *bench_timing(struct bench *bench, const json_t *training);
json_t *bench_simulation(struct bench *bench);

/* Prints the table of bench_bits and its closing line on stdout. */
void bench_print_bits(const json_t *bits);
