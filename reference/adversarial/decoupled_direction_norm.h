// SPDX-License-Identifier: MIT
/* Decoupled direction and norm (DDN): the gradient gives the direction of a change, and a norm of
 * its own shrinks after every success and grows after every failure.
 *
 *     d_0 = 0, e_0 = norm;  for k = 0 .. steps - 1:
 *         g = the gradient of sum_n l[n] / W at x + d_k, turned downhill for targets   (victim.h)
 *         success: the class of x + d_k is not answer[n]; for goal = target: is
 *         it is kept when |d_k|_2 is below that of what is kept
 *         rate_k = last + (rate - last) (1 + cos(pi k / steps)) / 2
 *         v = d_k + rate_k g / |g|_2
 *         e_(k+1) = e_k (1 - gamma) after a success, e_k (1 + gamma) after a failure
 *         d_(k+1) = clip(quantise(x + e_(k+1) v / |v|_2)) - x
 *     adversarial = x + the d_k kept, else x
 *
 * The model is the attacked one (victim.h); x (N,a).
 *
 * Conventions:
 *   cap = none (default: the authors), or worst: e_(k+1) is at most the distance of x from the
 *     farthest corner of the box (Foolbox).
 *   quantised = never (default); every: as above; end: the adversarial one alone, at the end,
 *     whether it is still a success or not. quantise(y) = low + (high - low) r / (levels - 1),
 *     r = the whole number nearest to (y - low) / (high - low) (levels - 1).
 *   anneal = cosine (default) or none: rate_k = rate.
 *   goal, objective, box: victim.h. W does not matter, since gradients are normalised.
 * Numbers: steps (100), norm (1), gamma (0.05), rate (1), last (0.01), levels (256).
 * Source: Rony, Hafemann, Oliveira, Ben Ayed, Sabourin and Granger 2019, algorithm 1; document 000
 *     Q41 (iterative perturbations within a norm).
 * Edge cases: a gradient of 0 has no direction and adds nothing; v = 0 stays 0. Each rate_k is made
 *     from `rate`, never from rate_(k-1). A sample that never succeeds comes back as x, with
 *     distance 0 and found = 0. Refused: gamma outside (0, 1); norm, rate not above 0; last below
 *     0; fewer than two levels; no steps; quantised without a box.
 * Order of operations: pi rounded to the precision, pi k, divided by steps; 1 + cos, times (rate -
 *     last), halved, plus last. Norms: roots of chains over features. (rate_k g) / |g|, then d_k
 *     plus it; (e / |v|) v; plus x. Quantisation: (y - low) / (high - low), times (levels - 1); r /
 *     (levels - 1), times (high - low), plus low.
 */
#pragma once

#include "victim.h"

/* Outputs iterates (T,N,a): x + d_(k+1), T = steps; norms (T,N): e_(k+1); rates (T); adversarial
 * (N,a), distance (N) = |adversarial - x|_2, found (N): k + 1 of the d_k that is kept, or 0. */
void decoupled_direction_norm_answer(struct call *call);
