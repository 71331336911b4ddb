// SPDX-License-Identifier: MIT
/* Removes the features through which a model is most easily attacked.
 *
 *     g = dl / dx (N,a): the gradient of each sample's loss                          (victim.h)
 *     sensitivity[d] = mean over n of |g[n,d]|, of g[n,d]^2, or of
 *                      l(x[n,:] + epsilon sign(g[n,d]) e_d) - l(x[n,:]): a step in one feature
 *     removed = the `remove` features with the largest sensitivity;  kept[d] = 0 there, else 1
 *     masked = x, with fill[d] in place of removed features
 *     attacked = x + epsilon sign(g)
 *     accuracy = the share of samples predicted as their label: of x, of attacked, of masked x, of
 *                masked attacked
 *
 * Document 001 Q41 names the removal of vulnerable features as a defence without a definition; this
 * is its computable core: a measure, a choice, and what it costs and gains in accuracy.
 * x (N,a), labels (N). Inputs of a removed feature no longer reach the model.
 *
 * Conventions: sensitivity = gradient (default), squared or loss_rise; scope = all (default: one
 *     set of features for all samples) or sample (its own for each: sensitivity and kept are (N,a),
 *     the mean is over one); fill = zero (default), mean (of the feature over all x) or middle (of
 *     the box); ties = first (default: of equal sensitivities the smaller feature is removed) or
 *     last. objective, reduction, goal, box: victim.h. Attacked inputs are clipped to the box, also
 *     in loss_rise.
 * Numbers: remove (1), epsilon (0.125).
 * Source: document 001 Q41; Xu, Evans and Qi 2018 (feature squeezing removes what attacks use);
 *     Simonyan, Vedaldi and Zisserman 2014 (|g| as sensitivity).
 * Edge cases: remove = 0 keeps all. Refused: more features removed than there are, a negative
 *     epsilon, a label that is no class; sign(0) = 0.
 * Order of operations: sums over samples in blocks, divided by N; (epsilon sign), then x plus it.
 */
#pragma once

#include "victim.h"

/* Outputs sensitivity, kept: (a) or (N,a); masked (N,a), accuracy (4). */
void feature_sensitivity_masking_answer(struct call *call);
