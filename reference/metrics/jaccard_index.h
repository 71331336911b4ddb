// SPDX-License-Identifier: MIT
/* The Jaccard index, or intersection over union, and the Hamming loss.
 *
 *     jaccard[k]   = TP_k / (TP_k + FP_k + FN_k)
 *     hamming_loss = weight of the wrong samples / weight of all
 *
 * labels, predicted (N) in 0..K-1, K = number `classes`; weight (N), 1 if missing; number positive
 * (1) for average = binary.
 *
 * Conventions: average: none (default; jaccard (K)), binary, micro (sums over classes), macro,
 *     weighted (by TP + FN). undefined (a class in neither): zero (default), one, or excluded from
 *     means; see averages.h. ignored: number `ignore_index`, a class whose samples (by label) are
 *     left out, as in segmentation; none if not stated. The ignored class is still averaged, from
 *     its wrong predictions elsewhere.
 * Source: Jaccard 1901; Hamming 1950; document 004 G8 (metrics of classes).
 * Edge cases: no samples, all samples ignored are refused.
 * Order of operations: the confusion matrix in blocks; the union is (row sum + column sum) - TP;
 *     micro: chains over classes; means: averages.h; the wrong are a chain of the cells off the
 *     diagonal.
 */
#pragma once

#include "averages.h"
#include "confusion.h"

/* Outputs jaccard and hamming_loss. */
void jaccard_index_answer(struct call *call);
