// SPDX-License-Identifier: MIT
/* loss.h - what the losses share: a technique gives the losses of its samples and their slopes; the
 * operation below weighs, adds and differentiates them on the tape.
 *
 * How it is distributed: the samples are sharded. Two numbers cross the network: the sum of the
 * samples' losses, within a sample a chain over its elements; and, where a mean is taken over
 * sample weights, their sum. Both are chains over the samples of a canonical block, then the fixed
 * tree over the blocks.
 */
#pragma once

#include "../operations.h"
#include "../techniques.h"

/* What a technique works on: this rank's samples. It fills value and slope. */
struct loss_view {
    const struct team *team;
    const void *settings; /* the technique's own */
    size_t rows, columns;
    const scalar *input[TAPE_INPUTS];
    scalar *value;              /* (rows, columns), or (rows) */
    scalar *slope[TAPE_INPUTS]; /* (rows, columns) */
    scalar *spare;              /* form->spare arrays of (rows, columns) */
};

struct loss_form {
    void (*evaluate)(const struct loss_view *view);
    const char *shape; /* of the inputs: "[N]K" */
    bool per_sample;   /* one loss a sample, not one an element */
    size_t spare;      /* arrays */
    const char *input[TAPE_INPUTS], *gradient[TAPE_INPUTS];
};

/* Answers a case of a loss. */
void loss_run(struct question *q, const struct loss_form *form, const void *settings);

/* total (length) = the sum over the samples of axis `letter` of the rows (part, length) that this
 * rank has. For losses that need more than one sum. */
void loss_sum_rows(struct question *q, char letter, size_t length, const scalar *row,
                   scalar *total);
