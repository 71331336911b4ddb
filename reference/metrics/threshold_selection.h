// SPDX-License-Identifier: MIT
/* Choosing the threshold from which a score counts as positive.
 *
 * Candidates are the T distinct scores, from the largest; at candidate t a sample is positive when
 * its score is at least threshold[t], which gives TP, FP, FN, TN (weights, or counts). The
 * candidate with the largest value[t] is chosen:
 *
 *     youden               TP / P - FP / F                    (P, F: weights of both labels)
 *     closest              - ((FP / F)^2 + (1 - TP / P)^2)    (to the corner of the ROC curve)
 *     f_score              (1 + b^2) TP / (b^2 P + TP + FP)   (number beta, 1)
 *     accuracy             (TP + TN) / (P + F)
 *     cost                 - (cost_positive FP + cost_negative FN)   (numbers; a false positive, a
 *                          false negative)
 *     equal_error          - |FP / F - FN / P|
 *     recall_at_precision  TP / P where TP / (TP + FP) >= target, else -1
 *     precision_at_recall  TP / (TP + FP) where TP / P >= target, else -1
 *
 * Scores (N), labels (N) of 0 and 1, weight (N), 1 if missing.
 *
 * Conventions: criterion, as above (default youden). ties (of the largest value): largest (default)
 *     or smallest threshold. threshold: score (default) or midpoint, half way to the next smaller
 *     score (the last stays): the same samples, a wider margin.
 * Source: documents 004 T30, G17; Youden 1950; Metz 1978 (cost); Martin et al. 1997 (equal error).
 * Edge cases: one label alone, a negative beta or cost, a target outside [0,1], a target that no
 *   candidate reaches are refused.
 * Order of operations: counts, or chains in the order of the ranking; FN = P - TP, TN = F - FP.
 */
#pragma once

#include "ranking.h"

/* Outputs value (T), threshold and chosen (its index), counts (TP, FP, FN, TN). */
void threshold_selection_answer(struct call *call);
