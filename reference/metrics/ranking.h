// SPDX-License-Identifier: MIT
/* ranking.h - samples in the order of their scores, for all metrics that look at every threshold.
 *
 *     threshold[t]      = the t-th largest of the distinct scores, t = 0..T-1
 *     true_positive[t]  = weight of the positive samples with score >= threshold[t]
 *     false_positive[t] = weight of the negative ones
 *
 * Samples are ordered by falling score, equal scores by rising index. Without weights everything is
 * a count, exact in every precision. With weights each prefix is a chain of additions in that
 * order. The gaps between neighbours in the order are decisions.
 */
#pragma once

#include "confusion.h"

struct ranking {
    size_t N, T;
    const real *score;  /* (N), in order */
    const int *label;   /* 1: positive, 0: negative */
    const real *weight; /* or NULL: all 1 */
    int *end;           /* (T): samples with score >= threshold[t] */
    real *threshold, *true_positive, *false_positive;
    real positives, negatives; /* weights of both classes */
};

/* From arrays (N) in any order; `weight` may be NULL. */
struct ranking ranking_create(struct call *call, const real *score, const int *label,
                              const real *weight, size_t N);

/* From the inputs scores (N), labels (N) of 0 and 1, and weight (N), which may be missing. N = 0
 * and negative weights are refused. */
struct ranking ranking_read(struct call *call);

/* Weight of the samples of one label whose score is threshold[t], a chain of its own. */
real ranking_weight_at(struct call *call, const struct ranking *r, int label, size_t t);
