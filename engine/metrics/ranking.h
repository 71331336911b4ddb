// SPDX-License-Identifier: MIT
/* ranking.h - samples in the order of their scores; definition in reference/metrics/ranking.h.
 *
 * The samples are sharded and gathered: every rank gets all scores, labels and weights, sorts them
 * and works on the whole, so that sums over the ranking are the same chains on any number of ranks.
 */
#pragma once

#include "confusion.h"

struct ranking {
    size_t N, T;
    scalar *score, *weight; /* (N), in order; weight NULL: all 1 */
    int *label;
    size_t *end;                                        /* (T): samples up to each threshold */
    scalar *threshold, *true_positive, *false_positive; /* (T) */
    scalar positives, negatives;
};

/* All samples of a sharded array (part,width) on every rank. Collective. */
scalar *ranking_gather(struct question *q, char letter, size_t width, const scalar *part);
int *ranking_gather_labels(struct question *q, char letter, const int *part);

/* From whole arrays (N); `weight` may be NULL. */
struct ranking ranking_create(struct question *q, const scalar *score, const int *label,
                              const scalar *weight, size_t N);

/* From the inputs scores, labels and weight. Collective. */
struct ranking ranking_read(struct question *q);

/* Weight of the samples of one label at threshold t, a chain of its own. */
scalar ranking_weight_at(const struct ranking *r, int label, size_t t);
