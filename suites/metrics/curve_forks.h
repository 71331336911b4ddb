// SPDX-License-Identifier: MIT
/* curve_forks.h - counts at thresholds without sorting, and the mistakes that all metrics of
 * thresholds can have. */
#pragma once

#include "../../reference/call.h"
#include "../fork.h"

enum curve_mistake {
    CURVE_RIGHT,
    CURVE_MISALIGNED,
    CURVE_LAST_BLOCK_LOST,
    CURVE_UNWEIGHTED,
    CURVE_TIES_SPLIT, /* every sample is a threshold of its own, in the order of the samples */
    CURVE_TURNED,     /* label 0 is the positive one */
    CURVE_STRICT,     /* a sample at the threshold is negative */
    CURVE_MISTAKES    /* those of one metric start here */
};

struct threshold_curve {
    int mistake;
    size_t N, T, block;
    const real *score, *weight;
    const int *label;
    real *threshold, *tp, *fp; /* (T), from the largest threshold */
    real P, F;
};

/* Reads scores, labels and weight and counts at each threshold over all samples. */
struct threshold_curve threshold_curve_read(struct call *call);

/* The same for other samples; begin .. end - 1 of those in `c`. */
void threshold_curve_count(struct call *call, struct threshold_curve *c, size_t begin, size_t end);

/* The rows of a table of forks for these mistakes; ties, and weights where there are any. `answer`
 * is the function that counts with threshold_curve_read. */
/* clang-format off */
#define CURVE_FORKS(answer_)                                                                       \
    {.info = {"misaligned", FORK_BUG, "268", "Each score has the label of the next sample.",       \
              NULL},                                                                               \
     .answer = answer_, .variant = CURVE_MISALIGNED},                                              \
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL}, \
     .answer = answer_, .variant = CURVE_LAST_BLOCK_LOST},                                         \
    {.info = {"ties_split", FORK_BUG, "266 267",                                                   \
              "Samples of one score are thresholds of their own, in the order of the data.",       \
              NULL},                                                                               \
     .answer = answer_, .variant = CURVE_TIES_SPLIT},                                              \
    {.info = {"turned", FORK_BUG, "", "The label 0 is taken for positive.", NULL},                 \
     .answer = answer_, .variant = CURVE_TURNED}

#define CURVE_FORKS_OF_THRESHOLDS(answer_)                                                         \
    CURVE_FORKS(answer_),                                                                          \
    {.info = {"weights_ignored", FORK_BUG, "", "All samples weigh 1.", NULL},                      \
     .answer = answer_, .variant = CURVE_UNWEIGHTED},                                              \
    {.info = {"above_threshold", FORK_CONVENTION, "", "A sample at the threshold is negative.",    \
              NULL},                                                                               \
     .answer = answer_, .variant = CURVE_STRICT}
/* clang-format on */
