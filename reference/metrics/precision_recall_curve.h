// SPDX-License-Identifier: MIT
/* Precision against recall at every threshold, and average precision.
 *
 *     precision[t] = TP_t / (TP_t + FP_t)        recall[t] = TP_t / positives
 *     average_precision = sum_t (recall[t] - recall[t-1]) precision[t]
 *
 * TP_t, FP_t are the weights of the positive and negative samples with score >= threshold[t], the
 * t-th largest distinct score. Scores (N), labels (N) of 0 and 1, weight (N), 1 if missing.
 * Points follow one another from the smallest threshold, and end with precision 1 and recall 0,
 * which has no threshold (scikit-learn, torchmetrics).
 *
 * Conventions:
 * - area: step (default; scikit-learn, torchmetrics), the sum above; trapezoid (the curve as
 *   straight lines, from recall 0 and precision 1: optimistic); envelope (each precision becomes
 *   the largest one at the same or a larger recall; Pascal VOC since 2010, COCO in the limit);
 *   eleven_points and hundred_points: the mean of that envelope at recalls 0, 1/10, .. 1 (Pascal
 *   VOC 2007) or 0, 1/100, .. 1 (COCO).
 * - full_recall: kept (default; scikit-learn since 1.1: points beyond full recall stay) or cut (the
 *   curve begins at the largest threshold that reaches every positive).
 * - no_positives: refused (default), or one: every recall is 1 (scikit-learn) and the area is 0.
 * Source: documents 000 Q40, 004 G8; Davis and Goadrich 2006; Everingham et al. 2010.
 * Edge cases: a recall that is exactly at one of the interpolated points counts for it. A precision
 *   of 0 / 0 (weights 0 at the first thresholds) is 0.
 * Order of operations: counts, or chains in the order of the ranking; the area is a chain from the
 *   largest threshold over rounded products, means of points from recall 0. Recalls k / 10 are
 *   compared as 10 TP >= k positives.
 */
#pragma once

#include "ranking.h"

/* Outputs precision and recall (M), threshold (M - 1), average_precision. */
void precision_recall_curve_answer(struct call *call);
