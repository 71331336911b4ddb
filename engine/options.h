// SPDX-License-Identifier: MIT
/* options.h - the command line of assay-engine. */
#pragma once

#include "../suites/protocol/recipe.h"
#include "limit.h"
#include "program.h"

enum command {
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_RUN,
    COMMAND_TRAIN,
    COMMAND_BENCH,
    COMMAND_LIMIT,
    COMMAND_WHERE
};

struct options {
    enum command command;
    const char *help; /* what to print for COMMAND_HELP */
    struct arithmetic arithmetic;
    bool is_f32;
    long ranks;   /* that there must be; 0: as many as the job asked for */
    size_t paths; /* run */
    const char **path;
    const char *result_path;
    size_t repetitions;                    /* run, bench: 0 unless asked for */
    struct recipe recipe;                  /* train, bench */
    struct stream_request streaming;       /* train */
    bool verbose;                          /* train */
    const char *case_path;                 /* train: where the trained network goes, or NULL */
    struct checkpoint_request checkpoints; /* train */
    bool json;                             /* bench, where: JSON on stdout */
    bool by_orders;                        /* run, bench */
    struct limit_request limit;
};

/* Reads the command line. Every rank has the same one and comes to the same result. Returns 0, or 2
 * with one sentence in `error` (RECIPE_ERROR bytes). `path` has room for `count` paths. */
int options_read(struct options *options, int count, char *const argument[], const char **path,
                 char *error);
