// SPDX-License-Identifier: MIT
/* Difference-of-logits ratio: a loss for attackers that neither shift nor scale of the logits
 * changes, so its gradient does not vanish where the model is certain.
 *
 *     loss[n] = (z[r] - z[y]) / (z[1st] - z[3rd] + tiny)               r: the largest but y
 *     loss[n] = (z[t] - z[y]) / (z[1st] - (z[3rd] + z[4th]) / 2 + tiny)   with a target t
 *     dz[n,k] = dloss[n] dloss[n]/dz[n,k]
 *
 * z (N,K) logits, labels y (N), optional target t (N) other than the label; 1st, 3rd, 4th count the
 * logits of a sample from the largest. Attackers climb it, towards a target as well. dloss (N) is 1
 * without the input. Above 0 the sample is misclassified. Number tiny (1e-12), at least 0.
 *
 * Source: Croce and Hein 2020, section 4; AutoAttack adds 1e-12 to the denominator.
 * Edge cases: equal logits are ordered by their class. Refused: fewer than three classes, with a
 *     target fewer than four; a target that is the label; a negative tiny.
 * Order of operations: numerator, then the denominator from left to right. With q = 1 / B: the
 *     rival (or target) gets q, y -q, 1st -(loss q), 3rd loss q, or each half of it: added in that
 *     order where they meet, then times dloss.
 */
#pragma once

#include "../call.h"

enum { RANKED_LOGITS = 4 };

/* The loss of one sample and dz (K); target -1: none. */
real difference_of_logits_ratio(real *dz, const real *z, size_t K, int label, int target,
                                real tiny);

/* States on which order the loss of z (K) depends. */
void difference_of_logits_ratio_decisions(struct call *call, const real *z, size_t K, int label,
                                          int target);

/* Outputs loss (N) and dz (N,K). */
void difference_of_logits_ratio_answer(struct call *call);
