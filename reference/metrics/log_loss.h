// SPDX-License-Identifier: MIT
/* The logarithmic loss of predicted probabilities.
 *
 *     loss[n]  = - log p[n,label[n]]                            (labels)
 *     loss[n]  = - sum_k t[n,k] log p[n,k]                      (targets, one-hot or soft)
 *     log_loss = sum_n w[n] loss[n] / sum_n w[n]
 *
 * Probabilities (N,K) and labels (N) or targets (N,K); or probabilities (N) of class 1 and labels
 * of 0 and 1: p[n,1] = p, p[n,0] = 1 - p. weight (N), 1 if missing.
 *
 * Conventions:
 * - clip: none (default); both: to [epsilon, 1 - epsilon] (scikit-learn; its epsilon was 1e-15,
 *   then the machine epsilon of the data; Keras 1e-7); below: max(p, epsilon); logarithm: log p is
 *   at least number `least` (-100: PyTorch's BCELoss). Number epsilon in (0, 1/2). For (N) it is p
 *   and 1 - p that are clipped: 1 - (1 - epsilon) would have lost digits, in scikit-learn it has.
 * - rows (K columns that do not add up to 1): as_given (default), clipped_then_normalized
 *   (older scikit-learn), normalized_then_clipped (Keras).
 * - reduction: mean (default) or sum: sum_n w[n] loss[n].
 * Source: documents 000 Q9, 004 G8; Good 1952.
 * Edge cases: probabilities outside [0,1], no samples, a probability of 0 for what happened when
 *   nothing is clipped (the loss is infinite) are refused. Targets of 0 add nothing, whatever p.
 * Order of operations: row sums and sums over classes are chains; weighted losses are rounded and,
 *   like the weights, summed over samples in blocks.
 */
#pragma once

#include "confusion.h"

/* Output log_loss. */
void log_loss_answer(struct call *call);
