// SPDX-License-Identifier: MIT
/* Accuracy of a classifier.
 *
 *     predicted[n] = the class k with the largest score s[n,k]
 *     correct      = number of n whose label is among the `top` largest scores
 *     accuracy     = correct / N
 *
 * N samples, C classes; scores (N,C), labels (N) in 0..C-1. Number top (1).
 *
 * Conventions: ties = first (default: the smallest index among equal scores wins, as in NumPy) or
 *     last. With top > 1 a class ranks before another of the same score by the same rule.
 * Source: document 000 Q40, 004 G8, C1, C2 ("correct over total").
 * Edge cases: N = 0 is refused. Every pair of neighbours in the ranking at the cut is a decision.
 * Order of operations: integers until one division.
 */
#pragma once

#include "../call.h"

/* predicted (N) and correct_n (N, 1 or 0) from scores (N,C) and labels (N). */
void accuracy_predict(int *predicted, int *correct_n, const real *scores, const int *labels,
                      size_t top, int last_wins, size_t N, size_t C);

/* Inputs scores, labels; outputs predicted (N), correct (whole numbers) and accuracy. */
void accuracy_answer(struct call *call);
