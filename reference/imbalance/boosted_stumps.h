// SPDX-License-Identifier: MIT
/* Boosting of stumps (discrete AdaBoost, SAMME), with costs of classes in its weights.
 *
 *     w[n]     = class_weight[label[n]] sample_weight[n], divided by their sum
 *     round t: stump t = the split of largest gain under w (class_weighted_stump.h)
 *              error[t] = sum of w[n] over the n that it gets wrong / sum of all w
 *              alpha[t] = rate (log((1 - error) / error) + log(C - 1))
 *              w[n]    <- w[n] e^(alpha[t]) where it is wrong, then divided by their sum
 *     score[n,k] = sum of alpha[t] over the stumps that say k for n;  predicted[n] = arg max_k
 *
 * Inputs and conventions of a stump: class_weighted_stump.h; numbers rounds (T), rate (1). Outputs,
 * each round: feature, threshold, left_label, right_label, error, alpha (T), weights (T,N): w after
 * the round; score (N,C), predicted (N).
 *
 * Conventions: form = samme (default: as above; scikit-learn) or exponential (two classes: alpha =
 *     rate log((1 - error) / error) / 2, and w e^alpha where it is wrong, w e^-alpha where it is
 *     right; Freund and Schapire). costs = start (default: class weights only in the first w) or
 *     always (w is multiplied with class_weight again in every round, before it is divided by its
 *     sum: as AdaC2 does, whose alpha differs too).
 * Source: Freund and Schapire 1997, figure 2; Zhu et al. 2009, algorithm 2 (SAMME); Sun et al.
 *     2007; document 000 Q40 ("boosting ... can handle imbalance better").
 * Edge cases: a stump that errs nowhere, or not less than a guess (1 - 1/C), ends scikit-learn's
 *     loop; here rounds that lead there are refused.
 * Order of operations: sums over samples: chains in the order of the data. alpha: quotient,
 *     logarithm, sum with log(C - 1), product with rate (and / 2 at last). Scores: chains over the
 *     rounds. Ties of scores: the smallest class, or with ties = last the largest.
 */
#pragma once

#include "class_weighted_stump.h"

/* Inputs and outputs as above. */
void boosted_stumps_answer(struct call *call);
