// SPDX-License-Identifier: MIT
/* The Jacobian saliency map attack: changes the one or two features whose slopes say most clearly
 * that the target's output rises and the others fall, until the target is reached.
 *
 *     J[k,d] = dg_k / dx_d;  t = target[n];  a_d = J[t,d],  b_d = sum_{k != t} J[k,d]
 *     pairs:  alpha = a_p + a_q, beta = b_p + b_q for p < q;  single: alpha = a_p, beta = b_p
 *     score = -alpha beta where alpha > 0 and beta < 0 (theta > 0), or alpha < 0 and beta > 0
 *             (theta < 0); else 0
 *     the pair with the largest score: x_p, x_q += theta, clipped to the box
 *     ends when the class is the target, when no score is above 0, or after
 *             T = floor(gamma D / 2) pairs, floor(gamma D) single features
 *
 * The model is the attacked one (victim.h) with K >= 2 logits; x (N,a), D = a, target (N).
 *
 * Conventions:
 *   features = pairs (default: the paper's program, CleverHans) or single (the paper's map itself).
 *   map = product (default, as above) or target (ART): score = alpha, or -alpha for theta < 0, of
 *     whatever sign; the others' slopes do not count, and it ends with the candidates. (ART counts
 *     changed features against gamma, where all others count changes.)
 *   value = logits (default: g = z) or probabilities (g = softmax(z)).
 *   used = once (default: CleverHans): a feature that was changed is never changed again; or
 *     until_saturated (the paper, ART): until it is at the end of the box that theta points to.
 *   From the start a feature there is no candidate.
 * Numbers: theta (1; not 0; below 0: features decrease), gamma (1): the share of features that may
 *     change, as whole changes.
 * Source: Papernot, McDaniel, Jha, Fredrikson, Celik and Swami 2016, equations 8 to 10 and
 *     algorithms 2 and 3; document 000 Q41.
 * Edge cases: of equal scores the first pair, in the order of p, then q. Probabilities sum to 1, so
 *     that b_d = -a_d; it is added up all the same. Refused: theta of 0, gamma outside [0, 1], a
 *     budget of no change, a box = none, a target that is no class, fewer than two logits.
 * Order of operations: one pass back for each class; b_d adds classes in order; (-alpha) beta.
 */
#pragma once

#include "victim.h"

/* Outputs iterates (T,N,a); first, second (T,N): the features, or -1; score (T,N), 0 where nothing
 * is done; iterations (N), reached (N). */
void jacobian_saliency_attack_answer(struct call *call);
