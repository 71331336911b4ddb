// SPDX-License-Identifier: MIT
/* Robust accuracy: the share of samples that stay right under attack, for a list of radii.
 *
 *     for each radius e:  x'[e,n] = the attack on x[n] within that radius
 *     robust[e,n]  = 1 where no attack changes the prediction from the label
 *     accuracy[e]  = sum_n robust[e,n] / N
 *     smallest[n]  = the first e with robust[e,n] = 0, E where there is none
 *
 * Radii epsilons (E), at least 0, in ascending order. The attack is projected gradient descent from
 * x with numbers steps and step: alpha = step epsilon (Foolbox calls that relative). Conventions
 * are those of projected_gradient_descent.h but stop and keep; goal is labels.
 *
 *   attacks = descent (default), one_step: the fast gradient method (one step of epsilon) alone;
 *     both: the worst case of the two, sample by sample (an ensemble of attacks counts a sample as
 *     broken once any of them breaks it).
 *   wrong = broken (default; RobustBench: samples that are wrong without an attack stay wrong);
 *     attacked (ART, Foolbox): an attack that happens to correct one counts as right.
 *   across = each (default; Foolbox): each radius by itself, so a larger one can look better;
 *     cumulative: what is broken within a smaller radius is broken in a larger one, since the
 *     smaller ball is inside.
 * Source: Carlini et al. 2019, section 3; Croce and Hein 2020 (worst case over attacks); documents
 *     000 Q41, 004 T41.
 * Edge cases: radius 0 is the accuracy without an attack. Refused: no radius, negative ones, an
 *     order that is not ascending, step not above 0, another goal.
 * Order of operations: alpha = step epsilon, rounded; counts are exact and divided by N.
 */
#pragma once

#include "projected_gradient_descent.h"

/* Outputs robust (E,N), accuracy (E), smallest (N), margin (E,N): the smallest logit of the label
 * minus the largest other one over the attacks (one logit: z of class 1, -z of class 0). */
void robust_accuracy_answer(struct call *call);
