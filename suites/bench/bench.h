// SPDX-License-Identifier: MIT
/* bench.h - the main job: everything that `make bench` measures, into one record. */
#pragma once

#include <jansson.h>
#include <stddef.h>

enum { BENCH_PATH = 1024, BENCH_ARGUMENTS = 40, BENCH_RANK_COUNTS = 16 };

/* A number of ranks that is tried, and where the launcher puts them. */
struct bench_ranks {
    int ranks;
    int cpus;          /* that they may use together, on all hosts */
    int crowded;       /* more ranks than CPUs: no timings */
    json_t *processes; /* host and CPUs of each, as `assay-engine where` says */
};

struct bench {
    char programs[BENCH_PATH]; /* folder of the built programs */
    char data[BENCH_PATH];     /* folder of the corpus */
    char cases[BENCH_PATH];  /* those that are answered: all of it, or one family for a quick run */
    char folder[BENCH_PATH]; /* where this run puts its files */
    char launcher[BENCH_PATH]; /* words before "-n P program", as a shell reads them: "mpirun" */
    int may_crowd;             /* the launcher starts more ranks than there are CPUs */
    char cluster[BENCH_PATH];  /* folder of the platforms that are simulated */
    size_t rank_counts;        /* numbers of ranks to be tried, ascending */
    struct bench_ranks ranks[BENCH_RANK_COUNTS];
    int epochs;       /* of the training on digits */
    int quick;        /* only what takes a minute or two */
    int cores;        /* of this machine */
    char reason[512]; /* why the run is not valid; empty while it is */
};

/* One program of ours, started with a launcher when ranks > 0, and then told how many there must be.
 */
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

/* Whether the launcher's words can be read; 0, or 2 after one sentence on stderr. */
int bench_check_launcher(const struct bench *bench);

/* Starts every number of ranks once, and notes where they run. Returns 0, or 2 after one sentence
 * on stderr when the launcher does not start that many. */
int bench_place(struct bench *bench);

/* Whether ranks have to share CPUs. */
int bench_is_crowded(const struct bench *bench, int ranks);

/* A path in the folder of this run. */
const char *bench_path(const struct bench *bench, char *path, const char *name);

/* Notes why the run is invalid; the first reason stays. */
void bench_invalid(struct bench *bench, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The parts of the record. Each returns a new JSON value and notes what makes the run invalid. */
json_t *bench_environment(struct bench *bench);
json_t *bench_placement(struct bench *bench);
json_t *bench_corpus(struct bench *bench);
json_t *bench_conformance(struct bench *bench);
json_t *bench_bits(struct bench *bench, int thorough);
json_t *bench_kill(struct bench *bench);
json_t *bench_training(struct bench *bench);
json_t *bench_claims(struct bench *bench);
json_t *bench_pictures(struct bench *bench);
json_t *bench_timing(struct bench *bench, const json_t *training);
json_t *bench_simulation(struct bench *bench);

/* Prints the table of bench_bits and its closing line on stdout. */
void bench_print_bits(const json_t *bits);
