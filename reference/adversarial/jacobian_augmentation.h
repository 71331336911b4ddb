// SPDX-License-Identifier: MIT
/* Jacobian-based augmentation: doubles a small data set, round by round, with inputs that lie where
 * a substitute's answer for their label changes fastest. An attacker labels them by asking.
 *
 *     set 0 = x (N,a), labels (N)
 *     round r = 0 .. rounds - 1:  every member x of the set, with label y, gives
 *         x' = x + lambda_r sign(dg_y / dx)
 *     set r + 1 = set r, then its children in the same order
 *     the labels of children: the class that the oracle gives them, argmax of x' oracle_w +
 *     oracle_b, or their parent's
 *
 * The substitute is the attacked model (victim.h) with K >= 2 logits, the same in all rounds (its
 * training between rounds is mini_batch_training). oracle_w (a,K), oracle_b (K). Member m of set r
 * is the descendant number floor(m / N) of sample m mod N.
 *
 * Conventions:
 *   schedule = constant (default: lambda_r = lambda), alternating (Papernot and others 2017,
 *     section 6: lambda (-1)^floor(r / period)) or once (CleverHans: -lambda before round `period`,
 *     lambda from then on).
 *   value = logits (default: g = z) or probabilities (g = softmax(z)): the sign can differ.
 *   labels_by = oracle (default) or parent.
 *   box = clip or none (CleverHans does not clip): victim.h.
 * Numbers: rounds (1), lambda (0.1), period (3).
 * Source: Papernot, McDaniel, Goodfellow, Jha, Celik and Swami 2017, equations 5 and 6; documents
 *     000 and 001 Q41.
 * Edge cases: sign(0) = 0; equal outputs of the oracle give the smaller class. Children have
 *     children in the next round, with the label that the oracle gave them. Refused: fewer than two
 *     logits; no rounds, or more than 16; lambda of 0; period 0; a label that is no class.
 * Order of operations: lambda_r times the sign, plus x, clipped; the oracle's outputs are chains
 *     over features from its bias.
 */
#pragma once

#include "victim.h"

/* Outputs samples (P,N,a), P = 2^rounds; sample_labels (P,N); lambdas (R), R = rounds. */
void jacobian_augmentation_answer(struct call *call);
