// SPDX-License-Identifier: MIT
/* Precision, recall and F scores.
 *
 *     precision = TP / (TP + FP)        recall = TP / (TP + FN)
 *     f         = (1 + beta^2) TP / (beta^2 (TP + FN) + (TP + FP))
 *
 * f is the harmonic mean of the other two, recall counting beta times as much. N samples. Either
 * labels and predicted (N) in 0..K-1, K = number `classes`: TP, FP, FN of each class against the
 * others; or labels and predicted (N,L) of 0 and 1: of each of L labels. Numbers beta (1), positive
 * (1: the class that counts when the average is binary); weight (N), 1 if missing.
 *
 * Conventions:
 * - average: none (default: vectors over classes), binary (class `positive`), micro (the sums of
 *   TP, FP and FN over classes), macro (plain mean over classes), weighted (by TP + FN), samples
 *   ((N,L) only: TP, FP, FN of each sample's labels, then the mean over samples by weight).
 * - undefined (0 / 0: no predictions, no labels, or neither for f): zero (default), one, or
 *   excluded from means (the NaN of scikit-learn); where nothing is averaged the value is then 0.
 * - f_from: counts (default; newer scikit-learn), the formula above; or rates, the harmonic
 *   mean of precision and recall, 0 / 0 once more (torchmetrics before 1, textbooks): they differ
 *   where a rate is undefined.
 * - macro_f: mean_of_f (default; scikit-learn, torchmetrics) or f_of_means (of macro precision and
 *   recall; Sokolova and Lapalme 2009): they differ whenever classes do.
 * - absent (classes in neither labels nor predictions): counted (default; scikit-learn with labels
 *   given) or skipped in macro means (scikit-learn without, torchmetrics).
 * Source: document 004 G8, 000 Q40; van Rijsbergen 1979; Opitz and Burst 2019 on the two macro F.
 * Edge cases: beta < 0, no samples, binary with a positive class that is not there, samples without
 *   sets, exclusion that leaves nothing are refused.
 * Order of operations: sums over samples in blocks; TP + FN and TP + FP are chains over the row and
 *   the column of the confusion matrix ((N,L): sums of their own); micro: chains over classes;
 *   the denominator of f is (beta beta) truly + called; means: averages.h; samples: the products
 *   with weights, and the weights, are summed over samples in blocks.
 */
#pragma once

#include "averages.h"
#include "confusion.h"

/* Outputs precision, recall and f: (K), (L) or scalars. */
void precision_recall_f_score_answer(struct call *call);
