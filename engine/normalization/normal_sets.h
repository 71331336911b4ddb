// SPDX-License-Identifier: MIT
/* normal_sets.h - the tape operation that layer, group and instance normalisation share.
 *
 * A sample has `sets` sets of `length` values. Element k of the sample, counted set after set, lies
 * at place[k] and belongs to channel[k]. Channels come in runs: `run` elements in a row that are
 * the consecutive positions of one channel.
 */
#pragma once

#include "../operations.h"
#include "normalization.h"

struct normal_sets {
    size_t sets, length, run, channels;
    size_t ddof;
    struct smoothing smoothing;
    size_t *place, *channel; /* (sets length) */
};

/* Convention `deviation`, epsilon and its place, and memory for the tables; other fields are set.
 */
void normal_sets_prepare(struct question *q, struct normal_sets *sets);

/* Outputs y and, when there is dy, dx, dgamma, dbeta from x in this shape (letters N and C bound).
 */
void normal_sets_run(struct question *q, const struct normal_sets *sets, const scalar *x,
                     const char *shape);

/* Group normalisation of input x in `groups` groups (0: as many as channels). */
void normal_sets_of_groups(struct question *q, size_t groups, bool strided);
