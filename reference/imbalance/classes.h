// SPDX-License-Identifier: MIT
/* How many samples every class has, and how many it shall have: what all ways to balance a data set
 * share.
 *
 *     count[c] = number of n with label[n] = c,  m = the smallest count, M = the largest one
 *
 * N samples in the classes 0..C-1: input label (N), number classes (C). A class without samples
 * takes part in nothing. Of classes of equal size the one with the smaller label counts as the
 * smallest, and as the largest.
 *
 * Convention strategy, as imbalanced-learn has it, says which classes are changed, and to what
 * (goal[c]; all others keep their count):
 *     not_majority (default of what adds samples; its "auto"), not_minority (default of what
 *     removes samples; its "auto"), minority, majority, all: these classes get M samples when
 *     samples are added, and m when they are removed;
 *     ratio: every class but the largest gets floor(ratio M) samples when samples are added; every
 *     class but the smallest gets floor(m / ratio) when they are removed (imbalanced-learn admits
 *     two classes only); number ratio in (0, 1];
 *     counts: class c gets counts[c] samples, input counts (C).
 * Impossible: a goal below the count when samples are added or above it when they are removed, and
 * samples of a class that has none.
 * Source: documents 000, 002 and 003 Q40.
 * Order of operations: whole numbers, and one product or quotient whose distance from the whole
 *     numbers below and above is a decision.
 */
#pragma once

#include "../call.h"

struct classes {
    size_t N, C;
    const int *label, *count; /* (N), (C) */
    int smallest, largest;    /* labels */
};

/* Reads label and classes, counts; refuses an empty data set. */
struct classes classes_read(struct call *call);

/* goal (C) of samples to be added or removed. */
int *classes_to_grow(struct call *call, const struct classes *classes);
int *classes_to_shrink(struct call *call, const struct classes *classes);

/* The members of class c, in order (count[c]); those of all other classes. */
int *classes_members(struct call *call, const struct classes *classes, int c);
int *classes_others(struct call *call, const struct classes *classes, int c);

/* floor(value) of a value in [0, limit], certified. */
int classes_floor(struct call *call, real value, int limit);
