// SPDX-License-Identifier: MIT
/* Focal loss of binary labels, from logits.
 *
 *     x = z for label 1, -z for label 0;  p = sigmoid(x) the chance given to the truth
 *     value = a (1 - p)^gamma (-log p)
 *     slope = -+ a (1 - p)^gamma (gamma p (-log p) + (1 - p)),  - for label 1, + for label 0
 *     a     = alpha for label 1 and 1 - alpha for label 0; 1 where alpha is not used
 *
 * N samples, K outputs; z logits (N,K), t labels (N,K), 0 or 1. Loss and dz from value and slope,
 * with the conventions of loss.h.
 *
 * Conventions:
 *   gamma (2, at least 0): 0 is the binary cross-entropy.
 *   balance = none (default): a = 1; alpha: a as above, with alpha (0.25) in [0, 1].
 *   The mean of the paper's detector is over positive anchors: that is reduction = sum, and a
 *   division outside.
 * Source: Lin et al. 2017, equations 4 and 5; document 003 Q40 (specialised losses).
 * Edge cases: 1 - p is never formed: it is sigmoid(-x), and its power is e^(-gamma softplus(x)), so
 *     neither loss nor slope is lost or not a number at |z| = 1000.
 * Order of operations: e = exp(-|x|), l = log1p(e); u = -log p = l, or -x + l below 0;
 *     v = -log(1 - p) = x + l, or l below 0; p and 1 - p are 1 / (1 + e) and e / (1 + e), exchanged
 *     below 0; w = a exp(-(gamma v)); value = w u; slope = w ((gamma p) u + (1 - p)), then its
 * sign. Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void focal_loss_answer(struct call *call);
