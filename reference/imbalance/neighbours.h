// SPDX-License-Identifier: MIT
/* Nearest neighbours among the samples of a list: what SMOTE and the cleaning of classes share.
 *
 *     d2[m] = sum_d (x[m,d] - x[n,d])^2
 *
 * The neighbours of sample n are the members m of the list with the smallest d2, nearest first. A
 * sample is never its own neighbour: it is left out by its number, not by its distance, so another
 * sample at the same place is a neighbour at distance 0. (imbalanced-learn asks for k + 1
 * neighbours and drops the first one, which may be such a duplicate.)
 *
 * Convention ties: first (default: of equidistant members the one that comes first in the data is
 *     nearer) or last. Libraries promise nothing about it.
 * Order of operations: d2 is a fused chain over the features, from 0. Distances are compared as
 *     squares. Decisions: the gap between each of the k and the next one, the k+1st too.
 */
#pragma once

#include "../call.h"

struct points {
    size_t N, D;
    const real *x; /* (N,D) */
    int last_wins;
};

/* Reads x (N,D) and ties. */
struct points points_read(struct call *call);

/* d2 of samples a and b. */
real points_distance(struct call *call, const struct points *points, size_t a, size_t b);

/* near (k): the neighbours of sample n among member (members); squared (k), unless NULL, their d2.
 * At least k members must be other samples. */
void points_nearest(struct call *call, int *near, real *squared, const struct points *points,
                    size_t n, const int *member, size_t members, size_t k);

/* The numbers 0..N-1: the list of all samples. */
int *points_all(struct call *call, const struct points *points);
