// SPDX-License-Identifier: MIT
/* The confusion matrix.
 *
 *     matrix[i,j] = weight of the samples of class subset[i] that were predicted as subset[j]
 *     counts[i]   = (TP, FP, FN, TN) of class subset[i] against the others of the subset
 *
 * N samples, K = number `classes`; labels (N) in 0..K-1; weight (N), 1 if missing; subset (S) of
 * distinct classes, all in order if missing. Samples whose label or prediction is outside the
 * subset are left out. Predictions are the input predicted (N); or come from scores (N) of two
 * classes, by number `threshold` (1/2); or from scores (N,K), the largest.
 *
 * Conventions:
 * - comparison (of a score with the threshold): above (default; score > threshold: torchmetrics,
 *   Keras, the decision functions of scikit-learn) or at_least (>=: the thresholds of curves).
 * - ties (of the largest scores): first (default) or last.
 * - orientation: labels_in_rows (default; scikit-learn, torchmetrics) or predictions_in_rows
 *   (many textbooks; caret): the transpose.
 * - normalize: none (default), true (each label adds up to 1), predicted, all. 0 / 0 is 0.
 * Source: document 004 G8 (precision and recall, of which these are the parts).
 * Edge cases: no samples, a repeated class in the subset, a subset without any label are refused.
 * Order of operations: sums of weights over samples in blocks. The divisor is a chain over the row
 *   or column, or over the chains of the rows. FP is the chain of the column's other entries by
 *   rising row, FN of the row's by rising column, TN of all others row by row.
 */
#pragma once

#include "confusion.h"

/* counts (S,4) from matrix (S,S) with labels in rows. */
void confusion_matrix_counts(real *counts, const real *matrix, size_t S);

/* Outputs matrix (S,S), and counts (S,4) in this order; whole numbers unless weighted or
 * normalized. */
void confusion_matrix_answer(struct call *call);
