// SPDX-License-Identifier: MIT
/* The receiver operating characteristic, point by point.
 *
 *     false_positive_rate[t] = false positives at threshold t / negatives
 *     true_positive_rate[t]  = true positives at threshold t / positives
 *
 * for every distinct score as a threshold, from the largest, and before them the point (0,0) of a
 * threshold that nothing reaches. Scores (N), labels (N) of 0 and 1, weight (N), 1 if missing.
 * threshold[t] is the score at point t; a sample is positive when its score is at least that.
 *
 * Conventions:
 * - drop: collinear (default; scikit-learn) leaves out points at which neither count changes its
 *   step, that is, in the middle of a straight line of equal steps; the first two and the last
 *   stay. none (torchmetrics).
 * - first_threshold (of the point (0,0)): infinite (default; scikit-learn since 1.3: threshold then
 *   begins with the second point, and has one element less), max_plus_one (before), or one
 *   (torchmetrics).
 * - rates: of_curve (default), or detection_error: false_negative_rate = 1 - true_positive_rate
 *   takes the place of the latter (the curve of detection error trade-offs).
 * Source: document 004 G8; Fawcett 2006; Martin et al. 1997 (detection error trade-off).
 * Edge cases: one class alone is refused: a rate would be 0 / 0.
 * Order of operations: counts, or with weights chains in the order of the ranking; one division.
 */
#pragma once

#include "ranking.h"

/* keep (T+1): which of the points 0..T of the curve stay; 0 is (0,0). Returns how many. */
size_t roc_curve_keep(int *keep, const struct ranking *r, int collinear);

/* Outputs false_positive_rate, true_positive_rate or false_negative_rate, and threshold. */
void roc_curve_answer(struct call *call);
