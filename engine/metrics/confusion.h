// SPDX-License-Identifier: MIT
/* confusion.h - counts of (label, prediction); definition in reference/metrics/confusion.h.
 *
 * The samples are sharded and each rank counts its own; K^2 numbers cross the network. Without
 * weights they are whole; with weights they are added block by block.
 */
#pragma once

#include "../techniques.h"

struct confusion {
    size_t N, K;
    const int *labels, *predicted; /* of this rank's samples */
    const scalar *weight;          /* likewise, or NULL */
    scalar *matrix, *truly, *called, total;
};

/* From the inputs labels, predicted and weight, and number classes. Collective. */
struct confusion confusion_read(struct question *q);

/* Fills matrix, truly, called and total. Collective. */
void confusion_count(struct question *q, struct confusion *c);

/* This rank's part of the input weight, or NULL; refuses negative ones and a sum of 0.
 * Collective. */
const scalar *confusion_weights(struct question *q);

/* sum (length): of the weight of this and all other ranks' samples n in each bin[n], < length; a
 * negative bin is left out. Counts without weights. Collective. */
void confusion_bins(struct question *q, size_t length, const int *bin, const scalar *weight,
                    scalar *sum);
