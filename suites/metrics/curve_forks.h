// SPDX-License-Identifier: MIT
/* curve_forks.h - counts at thresholds without sorting, and the mistakes that all metrics of
 * thresholds can have. */
#pragma once

#include "../../reference/call.h"

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
