// SPDX-License-Identifier: MIT
/* A search along a way from each sample to a place of another class, for how far it is to go.
 *
 *     straight:   at(e) = (1 - e) x + e end
 *     shrinking:  at(e) = end cut to [x - e m, x + e m], m = max_d |end - x|
 *     bisection:  lower = 0, upper = 1;  steps times: at(e) succeeds: upper = e, else lower = e;
 *                 e = (lower + upper) / 2, from e = 0 or e = 1/2
 *     success: the class of at(e) is not answer[n]; for goal = target: is       (victim.h)
 *
 * Order of operations: 1 - e, times x, plus e end; e m, x - or + it, then the larger, the smaller.
 * Source: Brendel, Rauber and Bethge 2018; Chen, Jordan and Wainwright 2020, algorithm 1.
 */
#pragma once

#include "victim.h"

struct blend {
    struct victim *victim;
    const real *end; /* (N,D) */
    int shrinking;
    real *point;  /* (N,D): at(e), of the last blend_try */
    int *success; /* (N): of the last blend_try */
    real *change; /* (D), scratch */
};

struct blend blend_create(struct call *call, struct victim *victim, const real *end, int shrinking);

/* Fills point and success for e (N), and states the decisions of all samples. */
void blend_try(struct call *call, struct blend *blend, const real *e);

/* Bisects; tested (T,N): every e. */
void blend_bisect(struct call *call, struct blend *blend, real *tested, real *lower, real *upper,
                  size_t T, int from_zero);

/* distance (N) = |point - x|, in L2 or the largest change. */
void blend_distances(struct blend *blend, real *distance, int largest);
