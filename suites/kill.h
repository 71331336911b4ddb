// SPDX-License-Identifier: MIT
/* kill.h - the kill matrix: every fork against every golden, in both precisions.
 *
 * A fork is killed when some case gives it a ratio above 1: at binary64 always, at binary32 unless
 * its row says why rounding hides it. A twin must pass everywhere. Negative controls (zeros, an
 * input copied, a constant, NaN, one element off, transposed) must fail on every case. */
#pragma once

#include "protocol/case.h"

/* One fork against one case. A ratio is -1 when the fork does not apply to the case. */
struct kill_cell {
    const char *case_name;
    double ratio_f64, ratio_f32;
};

struct kill_row {
    const char *technique;
    const struct fork_info *fork;
    size_t cells;
    struct kill_cell *cell;
    double ratio_f64, ratio_f32; /* the largest over the cases that it applies to; -1: none */
    size_t applies, killed_f64, killed_f32;
    int good; /* a fork that is killed, or a twin that passes */
};

/* A wrong answer made from the golden itself. */
enum { KILL_CONTROLS = 6 };
struct kill_control {
    const char *name;
    size_t tried, caught; /* (case, precision) pairs */
    char first_missed[2 * ASSAY_NAME];
};

struct kill {
    size_t rows, cases;
    struct kill_row *row;
    struct assay_file *file; /* one a technique: holds the names that the cells point to */
    size_t files;
    struct kill_control control[KILL_CONTROLS];
};

/* Runs all forks and controls on the shipped goldens; `only` limits it to one technique
 * (NULL: all).
 * Returns 0, or 2 with a sentence in `error`. */
int kill_run(struct kill *kill, const char *only, char *error);

/* The forks (twins not counted), how many of them are killed, and whether all is as it should be:
 * every fork killed, every twin passed, every control caught. */
size_t kill_forks(const struct kill *kill, size_t *killed, int *all_good);

void kill_free(struct kill *kill);
