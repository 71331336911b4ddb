// SPDX-License-Identifier: MIT
/* The attack of Carlini and Wagner in L2: the smallest change that changes the class, by Adam on a
 * variable that cannot leave the box, and a search for the constant between the two aims.
 *
 *     middle = (low + high) / 2, half = (high - low) / 2
 *     u = artanh(smooth (x - middle) / half);   x' = half tanh(u + v) + middle,  v from 0
 *     gap, see logit_gap.h:
 *           z[y] - max_{k != y} z[k] + kappa               away from y   (goal = labels, predicted)
 *           max_{k != y} z[k] - z[y] + kappa               towards y     (goal = target)
 *     objective = |x' - a|^2 + c max(gap, 0);   gradient = d objective / dv, per sample
 *     Adam: m = beta1 m + (1 - beta1) g, s = beta2 s + (1 - beta2) g^2,
 *           v <- v - rate (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon)
 *     searches: each starts again from v = 0 with a constant c of each sample. If x' succeeded in
 *         it (gap < 0 at some step): upper = min(upper, c), else lower = max(lower, c). Then
 *         c = (lower + upper) / 2 where there is an upper bound, else growth c
 *     adversarial = the x' of all steps that succeeded with the smallest |x' - a|^2, else x
 *
 * The model is the attacked one (victim.h) with K >= 2 logits; x (N,a), S steps, B searches.
 *
 * Conventions:
 *   goal: see victim.h.
 *   anchor = reconstructed (default: the authors, Foolbox, CleverHans): a = half tanh(u) + middle,
 *     which smooth moves a little away from x (Foolbox compares successes by their distance from
 *     x, all the same); input: a = x (ART, torchattacks).
 *   abort = never (default), or batch (the authors; Foolbox: every = ceil(steps / 10)): at every
 *     `every`-th step the sum of the objectives of all samples is compared with the one at the check
 *     before. If it is above 0.9999 of that, the search ends for everybody, and this step's x' is
 *     not looked at any more.
 *   last = search (default), or upper: the last search takes c = upper where there is one (the
 *     authors and Foolbox, from ten searches on).
 *   epsilon_place = corrected (default, as above: PyTorch, Foolbox) or raw:
 *     rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(s) + epsilon) (TensorFlow, so the authors).
 * Numbers: steps (1000), searches (9), constant (1e-3), growth (10), kappa (0), rate (1e-2), beta1
 *     (0.9), beta2 (0.999), epsilon (1e-8), smooth (0.999999), every (steps / 10, at least 1).
 * Source: Carlini and Wagner 2017, sections V and VI.A; document 000 Q41.
 * Edge cases: gap = 0 is no success; x' is judged before the step that follows, so the last step's
 *     result is never seen. A sample without success comes back as x, with distance 0. Refused:
 *     box = none, fewer than two logits, kappa below 0; constant, rate, epsilon not above 0; growth
 *     not above 1; a beta outside [0, 1); smooth outside (0, 1).
 * Order of operations: artanh(q) = (log(1 + q) - log(1 - q)) / 2, from smooth ((x - middle) /
 *     half). |.|^2 is a chain over features. dx' = 2 (x' - a) + pullback of +-c; the gradient is
 *     dx' times (half ((1 - t) (1 + t))), t = tanh. (1 - beta2) g, times g. Sums over samples in
 *     blocks.
 */
#pragma once

#include "logit_gap.h"

/* Outputs iterates (B,S,N,a), gradient (S,N,a) of the first search, objective (B,S,N), all 0 after
 * an abort; constants (B,N); adversarial (N,a), distance (N) = |adversarial - x|, success (N). */
void carlini_wagner_answer(struct call *call);
