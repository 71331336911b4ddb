// SPDX-License-Identifier: MIT
/* Temperature scaling: one number that calibrates the logits of a trained network.
 *
 *     p[n] = softmax(z[n] / T)         loss(T) = - mean over n of log p[n,label[n]]
 *
 * fitted in `steps` steps. With e = sum_k p_k z_k, v = sum_k p_k (z_k - e)^2 of each sample:
 *     d loss / d (1/T) = mean (e - z[label])        d^2 loss / d (1/T)^2 = mean v
 *
 * Logits z (N,K), labels (N); numbers temperature (1, the start), steps (5).
 *
 * Conventions: method: newton (default; on 1/T, in which the loss is convex: 1/T <- 1/T - first /
 *     second), gradient (T <- T - rate d loss / d T, number rate; Guo et al. descend along T) or
 *     log_gradient (log T <- log T - rate d loss / d log T: T stays positive).
 * Source: Guo et al. 2017; Platt 1999; document 004 G8 (probabilities as answers).
 * Edge cases: a temperature, start or on the way, that is not positive, no samples, a second
 *   derivative of 0 (all logits of each sample equal) are refused. Newton's step overshoots from
 *   far too small a temperature, where the loss is nearly straight; start above.
 * Order of operations: z is multiplied by b = 1 / T, and the largest product subtracted; chains
 *   over classes; sums over samples in blocks. d loss / d T = - b^2 first, d loss / d log T = - b
 *   first.
 */
#pragma once

#include "../call.h"

/* Outputs temperature and loss (P = steps + 1), the first before any step; probabilities (N,K) of
 * the last temperature. */
void temperature_scaling_answer(struct call *call);
