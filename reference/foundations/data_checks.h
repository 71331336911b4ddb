// SPDX-License-Identifier: MIT
/* Data checks: what is looked at first when a network does not learn.
 *
 *     label_ok[n]     = 0 <= label[n] < classes
 *     counts[k]       = samples of class k;   empty = classes without a sample
 *     one_hot[n]      = 0 fine, 1 not one-hot (a single 1, otherwise 0), 2 another class than label
 *     twin_of[n]      = the first sample m < n with the same features, or -1
 *     conflict[n]     = n has a twin before it, and the label of twin_of[n] is another one
 *     constant[d]     = feature d has the same value in all samples
 *     valid[e]        = row e of permutation holds every sample once
 *     shuffled[e]     = row e differs from the row before it (the first: from 0, 1, 2, ...)
 *
 * N samples x (N,D), label (N); optional rows (N,C), with C = classes, and permutation (E,N).
 * Number classes. All outputs are whole numbers; problems counts faults, several of one sample too:
 * labels outside, empty classes, rows that are not 0, twins, constant features, and permutations
 * that are not valid or not shuffled (one fault each).
 *
 * Conventions: shuffling = required (default: a row that is not shuffled is a problem) or free.
 * Source: document 004 T33 (check labels, one-hot format and shuffling).
 * Edge cases: a single sample has no twin and only constant features, which then are no problem.
 * Equal
 *     means equal: 0 equals -0. A permutation that is not valid may still differ from the one
 *     before. Refused: no sample, fewer than 1 class, rows of another width.
 * Order of operations: none; comparisons only.
 */
#pragma once

#include "../call.h"

/* What is wrong with a row of C entries, as above. */
int one_hot_problem(const real *row, size_t C, int label);

/* The first sample before n with equal features, or -1. */
int first_twin(const real *x, size_t n, size_t D);

/* Whether the row holds each of 0 .. N-1 once; seen (N) is scratch memory of zeros. */
int holds_all(const int *row, int *seen, size_t N);

/* See above. */
void data_checks_answer(struct call *call);
