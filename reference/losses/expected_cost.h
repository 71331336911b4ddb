// SPDX-License-Identifier: MIT
/* Expected cost of a decision drawn from the model's probabilities: a cost-sensitive loss.
 *
 *     p = softmax(z),  value = sum_k p[k] cost[label,k]
 *     slope[k] = p[k] (cost[label,k] - value)
 *
 * N samples, C classes; z logits (N,C), labels (N), cost (C,C): what it costs to decide for the
 * column where the row is true. Costs may be negative. Loss and dz from value and slope, with the
 * conventions of loss.h (a loss a sample).
 *
 * Conventions: rows = truth (default): cost as above; decision: transposed, what scikit-learn's
 *     confusion matrix is not.
 * Source: Elkan 2001, equation 1; document 001 Q40.
 * Edge cases: a constant row of costs has no gradient but for rounding. With cost 1 off the
 *     diagonal and 0 on it, the value is 1 - p[label].
 * Order of operations: e = exp(z - max z), s a chain of additions over k, p = e / s; a chain
 *     fma(p, cost, .) over k from 0; p (cost - value). Then as loss.h says.*/
#pragma once

#include "loss.h"

/* See above. */
void expected_cost_answer(struct call *call);
