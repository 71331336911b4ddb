// SPDX-License-Identifier: MIT
/* Cohen's kappa: agreement beyond chance.
 *
 *     kappa = 1 - sum_ij v_ij m[i,j] / sum_ij v_ij e[i,j]        e[i,j] = t_i p_j / s
 *
 * m (K,K) is the confusion matrix of two raters, t_i and p_j its row and column sums, s its sum;
 * v_ij is the disagreement of classes i and j. labels, predicted (N) in 0..K-1, K = number
 * `classes`; weight (N), 1 if missing.
 *
 * Conventions: disagreement: unweighted (default; v = 1 where i and j differ), linear (|i - j|) or
 *     quadratic ((i - j)^2). undefined (all of both raters in one class: 0 / 0): zero (default; as
 *     good as chance), one (nobody disagreed) or refused. scikit-learn's NaN is neither.
 * Source: Cohen 1960, 1968; document 004 G8 (metrics of classes).
 * Edge cases: no samples are refused. A constant factor of v cancels.
 * Order of operations: the confusion matrix in blocks; both sums are chains over cells, row by row,
 *     of rounded products; the second of v (t p); kappa = 1 - (first s) / second.
 */
#pragma once

#include "confusion.h"

/* Output kappa. */
void cohen_kappa_answer(struct call *call);
