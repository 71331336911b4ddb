// SPDX-License-Identifier: MIT
/* What the ways to leave single samples out have in common: which classes may lose samples, and the
 * outputs.
 *
 *     removed[n] = 1 where sample n is left out, else 0
 *     remaining[c] = number of n with label[n] = c and removed[n] = 0
 *
 * x (N,D), label (N), number classes (C). Outputs removed (N), remaining (C).
 *
 * Convention clean = not_minority (default; imbalanced-learn's "auto"), majority, not_majority or
 *     all: the classes that may lose samples; which is the smallest and the largest says classes.h.
 */
#pragma once

#include "classes.h"
#include "neighbours.h"

struct cleaning {
    struct classes classes;
    struct points points;
    int *cleans; /* (C) */
};

struct cleaning cleaning_read(struct call *call);

/* Outputs from removed (N). */
void cleaning_report(struct call *call, const struct cleaning *is, const int *removed);
