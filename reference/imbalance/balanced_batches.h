// SPDX-License-Identifier: MIT
/* Mini-batches in which the classes are even, from unbalanced data.
 *
 *     weighted: sum[n] = w[0] + ... + w[n],  index[t,b] = the first n with sum[n] > u[t,b] sum[N-1]
 *     by_class: index[t,.] = for each class with samples in ascending order its next `each`
 *               members; the stream of a class is its members in `order`, again and again
 *
 * label (N), number classes (C). weighted: u (T,B) in [0, 1); w from input weight (N), or else 1 /
 * (number of samples of the class), so that every class has the same chance. by_class: order (N), a
 * permutation; numbers batches (T) and each (1); B = each times the classes with samples. Outputs
 * index (T,B), per_class (T,C): how many of the batch are of a class; used (N): how often a sample
 * occurs.
 *
 * Conventions: method = weighted (default; PyTorch's WeightedRandomSampler with replacement) or
 *     by_class (class-aware sampling; imbalanced-learn's balanced batches draw anew for every epoch
 *     instead). wrap = stream (default: a class starts over where a batch happens to be) or batch
 *     (a class that cannot fill its part of a batch starts over at the beginning of its stream).
 * Source: Shen, Lin and Huang 2016, section 3.2 (class-aware sampling); documents 000, 002, 003
 *     Q40.
 * Edge cases: samples of weight 0 are never drawn. u sum[N-1] that rounds up to sum[N-1] draws the
 *     last sample of positive weight. Refused: negative weights or a sum of 0; each above the size
 *     of a class under wrap = batch.
 * Order of operations: w: a quotient; sum: a chain in the order of the data; u sum[N-1]: a product.
 *     Decisions: its distances to all sums.
 */
#pragma once

#include "classes.h"

struct batches {
    struct classes classes;
    size_t T, B, each;
    int by_class, by_batch;
    const real *u;
    const int *order;
    real *weight; /* (N) */
    real *index, *per_class, *used;
};

/* Reads a call and makes its outputs. */
struct batches batches_read(struct call *call);

/* Writes a drawn sample to place b of batch t, and counts it. */
void batches_put(const struct batches *is, size_t t, size_t b, size_t n);

/* Inputs and outputs as above. */
void balanced_batches_answer(struct call *call);
