// SPDX-License-Identifier: MIT
/* Matthews' correlation coefficient.
 *
 *     mcc = (c s - sum_k t_k p_k) / sqrt((s^2 - sum_k p_k^2) (s^2 - sum_k t_k^2))
 *
 * t_k and p_k are the weights of the samples of class k and of those predicted as k, c that of the
 * right ones, s that of all. For two classes this is (TP TN - FP FN) / sqrt((TP + FP) (TP + FN)
 * (TN + FP) (TN + FN)). labels, predicted (N) in 0..K-1, K = number `classes`; weight (N), 1 if
 * missing.
 *
 * Conventions: undefined (all labels, or all predictions, of one class: 0 / 0): zero (default;
 *     scikit-learn), limit (1 when all are right, -1 when all are wrong and there are two classes,
 *     else 0: torchmetrics; Chicco and Jurman 2020), or refused.
 * Source: Matthews 1975; Gorodkin 2004 (several classes); document 000 Q40 (imbalance).
 * Edge cases: no samples are refused.
 * Order of operations: the confusion matrix in blocks; chains over classes of rounded products;
 *     sqrt(first difference) times sqrt(second): the product of four counts may overflow.
 */
#pragma once

#include "confusion.h"

/* Output mcc. */
void matthews_correlation_answer(struct call *call);
