// SPDX-License-Identifier: MIT
/* confusion.h - counts of (label, prediction), on which most metrics of classes rest.
 *
 *     matrix[i,j] = sum over the samples of class i that were predicted as j of their weight
 *
 * Without weights the entries are counts, exact in every precision; with weights each is a sum over
 * samples in canonical blocks.
 */
#pragma once

#include "../call.h"

struct confusion {
    size_t N, K;                   /* samples, classes */
    const int *labels, *predicted; /* (N) */
    const real *weight;            /* (N) or NULL: all 1 */
    size_t block;
    real *matrix; /* (K,K) */
    real *truly;  /* (K) row sums: chains in the order of columns */
    real *called; /* (K) column sums: chains in the order of rows */
    real total;   /* the chain of the row sums */
};

/* From the inputs labels and predicted (N), whole numbers below number `classes`, and weight (N),
 * which may be missing. No samples, negative weights and weights of sum 0 are refused. */
struct confusion confusion_read(struct call *call);

/* Fills matrix, truly, called and total from the other members. */
void confusion_count(struct call *call, struct confusion *c);

/* The input weight (N) or NULL, with the refusals above. */
const real *confusion_weights(struct call *call, size_t N);

/* Sum over samples n with keep[n] of their weight, or how many there are. */
real confusion_sum(struct call *call, size_t N, size_t block, const int *keep, const real *weight);
