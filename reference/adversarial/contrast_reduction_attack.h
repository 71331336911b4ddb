// SPDX-License-Identifier: MIT
/* Contrast reduction: blends every sample into one grey until its class changes.
 *
 *     grey = low + middle (high - low);   at(e) = (1 - e) x + e grey                     (blend.h)
 *     bisection: see blend.h;  adversarial = at(upper)
 *     linear:    e_t = t / steps, t = 0 .. steps; adversarial = at(the first e_t that succeeds), or
 *                at(1)
 *     budget:    e = min(1, epsilon / |grey - x|_2);  adversarial = at(e)
 *
 * The model is the attacked one (victim.h); x (N,a). No gradient is used.
 *
 * Conventions:
 *   search = bisection (default; Foolbox BinarySearchContrastReductionAttack), linear
 *     (LinearSearchContrastReductionAttack) or budget (L2ContrastReductionAttack).
 *   begin = zero (default: Foolbox; x itself is the first that is tried) or half.
 *   goal: victim.h. low and high are the ends of the interval in that order, also with box = none.
 * Numbers: middle (0.5), steps (15), epsilon (1; budget alone).
 * Source: Rauber, Brendel and Bethge 2017 (Foolbox); document 000 Q41 (sensitivity to changes).
 * Edge cases: x = grey: the direction is 0; e = 1 under a budget, where epsilon / 0 would be
 *     infinite and its product with 0 nothing at all, and adversarial = x. An input that is wrong
 *     already has e = 0. What never succeeds ends at e = 1 with found = 0. Refused: middle outside
 *     [0, 1]; no steps; a negative epsilon; a class that is none.
 * Order of operations: low + middle (high - low); t / steps; blend.h; norms as chains.
 */
#pragma once

#include "blend.h"

/* Outputs tested (T,N): every e, T = steps, steps + 1 or 1; epsilons (N): the last e; adversarial
 * (N,a), distance (N) in L2, found (N). */
void contrast_reduction_attack_answer(struct call *call);
