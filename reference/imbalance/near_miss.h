// SPDX-License-Identifier: MIT
/* NearMiss: of the large classes those samples are kept that are near to the small one.
 *
 *     average[n] = mean distance of n to
 *         version one:   the k nearest members of the smallest class
 *         version two:   the k farthest members of it
 *         version three: the k nearest, of those n alone that are candidates: among the m nearest
 *                        of their class to any member of the smallest class
 *     selected[n] = n is among the goal[c] samples of its class with the smallest average (one,
 *                   two), or with the largest (three)
 *
 * x (N,D), label (N); which classes shrink, and to what goal, say label and strategy: classes.h
 * (what removes samples). Numbers neighbours k (3), candidates m (3). Outputs average (N): 0 for
 * who is not judged; selected (N): 1 for all samples of classes that do not shrink; remaining (C).
 * With version three also candidate (N).
 *
 * Conventions: version = one (default), two or three. ties = first (default: of equal averages the
 *     first sample is kept; equidistant neighbours likewise) or last.
 * Source: Mani and Zhang 2003; imbalanced-learn, which adds distances instead of averaging them.
 * Edge cases: version three with fewer candidates than the goal keeps all candidates. Refused: k
 *     above the size of the smallest class, m above that of a class that shrinks.
 * Order of operations: distance: the root of d2 (neighbours.h); the mean: a chain over the
 *     neighbours, the nearest first, divided by k. Decisions: the neighbours, and the gap of every
 *     average that is kept to every one of its class that is not.
 */
#pragma once

#include "classes.h"
#include "neighbours.h"

struct near_miss {
    struct classes classes;
    struct points points;
    const int *goal;
    size_t k, m;
    int version;
    real *average, *selected, *remaining, *candidate;
};

/* Reads a call and makes its outputs. */
struct near_miss near_miss_read(struct call *call);

/* candidate of class c. */
void near_miss_admit(struct call *call, const struct near_miss *is, int c);

/* average of sample n. */
real near_miss_average(struct call *call, const struct near_miss *is, size_t n);

/* selected of class c from average and candidate. */
void near_miss_select(struct call *call, const struct near_miss *is, int c);

/* Inputs and outputs as above. */
void near_miss_answer(struct call *call);
