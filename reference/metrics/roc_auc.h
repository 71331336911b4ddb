// SPDX-License-Identifier: MIT
/* The area under the receiver operating characteristic.
 *
 *     auc = sum over positive i, negative j of w_i w_j ([s_i > s_j] + [s_i = s_j] / 2) / (P F)
 *
 * the probability that a positive sample scores above a negative one, ties counting half: the
 * statistic of Mann and Whitney, and the area that trapezoids between the points of the curve have.
 * P and F are the weights of the positive and the negative samples.
 *
 * Scores (N) with labels of 0 and 1, or (N,C) with labels in 0..C-1; weight (N), 1 if missing.
 *
 * Conventions:
 * - one_class (a problem without positives or without negatives): refused (default; scikit-learn
 *   before 1.6), zero (torchmetrics), half, or excluded: left out of the average (the NaN of newer
 *   scikit-learn). Where it is left out of auc_class or auc_pair the value is 0.
 * - Several classes. multi_class: one_vs_rest (default), auc_class (C) of class c against the
 *   others by score c; or one_vs_one (Hand and Till 2001), auc_pair[a,b] of the samples of classes
 *   a and b alone, by score a with a positive. average: macro (default): plain mean, of classes or
 *   of pairs; weighted: by the weight of each class, or by the number of samples of both classes of
 *   a pair; micro (one_vs_rest only): all N C scores as one problem. A pair's value is the mean of
 *   auc_pair[a,b] and auc_pair[b,a].
 * - Two classes and number max_fpr < 1 (default 1): the area left of that false positive rate, the
 *   curve cut by a straight line between its points. correction: mcclish (default; scikit-learn,
 *   torchmetrics), (1 + (area - m^2/2) / (m - m^2/2)) / 2 with m = max_fpr; divided: area / m;
 *   none.
 * Source: documents 000 Q40 and 004 G8; Hanley and McNeil 1982; McClish 1989; Hand and Till 2001.
 * Edge cases: max_fpr outside (0,1], weights with one_vs_one, max_fpr with several classes, micro
 *   with one_vs_one, averages with nothing left are refused; all scores equal: 1/2.
 * Order of operations: without weights an integer, twice the count of pairs, is divided by 2 P F.
 *   With weights, over thresholds from the largest: n (2 above + p), where p and n are the chains
 *   of the weights at the threshold and `above` that of all positive weights before, in the order
 *   of the ranking; summed in a chain and divided by 2 (P F). Partial: rates x, y; chain over
 *   (x_k - x_{k-1}) (y_k + y_{k-1}) / 2. Averages: chains of rounded products, in the order of
 *   classes, or of pairs a < b.
 */
#pragma once

#include "ranking.h"

/* The area of one problem; both classes must be there. */
real roc_auc_area(struct call *call, const struct ranking *r);

/* The area left of max_fpr, not corrected. */
real roc_auc_partial(struct call *call, const struct ranking *r, real max_fpr);

/* Outputs auc, and auc_class (C) or auc_pair (C,C) when the scores have columns. */
void roc_auc_answer(struct call *call);
