// SPDX-License-Identifier: MIT
/* Balanced accuracy: recall, specificity and what follows from them.
 *
 *     recall[k]         = TP_k / (TP_k + FN_k)        specificity[k] = TN_k / (TN_k + FP_k)
 *     youden[k]         = recall[k] + specificity[k] - 1
 *     balanced_accuracy = mean over classes of recall[k]
 *     geometric_mean    = (product over classes of recall[k])^(1 / classes)
 *
 * labels, predicted (N) in 0..K-1, K = number `classes`; weight (N), 1 if missing; number
 * correction (0) takes the place of a recall of 0 in the geometric mean.
 *
 * Conventions:
 * - adjusted: no (default) or yes: (b - 1 / C) / (1 - 1 / C), 0 for a constant guess; C classes
 *   with labels.
 * - absent (classes without labels): skipped (default; scikit-learn) or zero: a recall of 0 that is
 *   averaged (imbalanced-learn's geometric mean, if such a class was predicted).
 * recall and specificity that are 0 / 0 are 0, youden is then computed with that 0.
 * Source: document 000 Q40; Brodersen et al. 2010; Youden 1950; Kubat and Matwin 1997.
 * Edge cases: adjusted with one class, a negative correction, no samples are refused. The geometric
 *   mean is 0 when a recall, or its replacement, is.
 * Order of operations: the confusion matrix in blocks; TN the chain of all other cells, row by row,
 *   FP that of the column's; means are chains over classes; exp(sum of logarithms / C).
 */
#pragma once

#include "confusion.h"

/* Outputs recall, specificity, youden (K), balanced_accuracy and geometric_mean. */
void balanced_accuracy_answer(struct call *call);
