// SPDX-License-Identifier: MIT
/* Universal perturbation: one and the same small change that fools the model on most inputs.
 *
 *     x'_t[n] = clip(x[n] + v_t)
 *     g_t     = sum_n (gradient of l at x'_t[n])                      (victim.h)
 *     v_{t+1} = P(v_t + alpha direction(g_t))      t = 0 .. steps - 1 (perturbation.h)
 *
 * v (a) is 0 at first, or P of the input start (a); P projects on the ball of radius epsilon. The
 * box holds for x', not for v; where it clips, the gradient counts all the same. For a target the
 * step goes down. Numbers epsilon, alpha, steps (1 to 64) and optionally cap: a sample whose loss
 * is above cap does not count in g (the gradient of min(l, cap)), so that the samples that are
 * fooled already do not drive the rest.
 *
 * Conventions: those of victim.h and perturbation.h, units of fast_gradient_sign.h.
 *   over = samples (default): g as above; signs: g is the sum of the samples' own directions, so
 *     that certain samples weigh as much as others.
 * Source: Moosavi-Dezfooli et al. 2017 (the idea); Shafahi et al. 2020, section 3 (this method).
 * Edge cases: no sample counts: g is 0, and so is its direction. Refused: negative epsilon or
 *     alpha, a cap that is not above 0, a cap with a target.
 * Order of operations: sums over samples; v + (alpha direction), then P; x + v, then the box.
 */
#pragma once

#include "fast_gradient_sign.h"

/* Outputs perturbations (S,a): v_1 to v_S; losses (T), T = S + 1: mean of l at x'_0 to x'_S;
 * fooled_share (T); adversarial (N,a): x'_S. */
void universal_perturbation_answer(struct call *call);
