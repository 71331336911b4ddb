// SPDX-License-Identifier: MIT
/* SPSA: an attack without gradients, from differences of the loss along random directions.
 *
 *     d_0 = 0;  for t = 0 .. T - 1, with directions v_s = directions[t,s,n,:], s < S:
 *         slope_s = (l(x + d_t + delta v_s) - l(x + d_t - delta v_s)) / (2 delta)     (victim.h)
 *         g = (1/S) sum_s slope_s v_s,  or slope_s / v_s;  -g for goal = target
 *         d = d_t + rate u, u from g as below;  d cut to [-epsilon, epsilon]
 *         d_(t+1) = clip(x + d) - x
 *     u: adam: (m / (1 - beta1^(t+1))) / (sqrt(s / (1 - beta2^(t+1))) + tiny) of each sample, with
 *        m = beta1 m + (1 - beta1) g, s = beta2 s + (1 - beta2) g^2;  plain: g;  sign: sign(g)
 *
 * The model is the attacked one (victim.h) and answers 2 S questions for each sample and step; x
 * (N,a), directions (T,S,N,a): draws of -1 and 1, each with probability 1/2.
 *
 * Conventions: update = adam (default: Uesato and others, CleverHans), plain or sign; estimate =
 *     times (default: both) or divided (Spall; the same for -1 and 1); goal, objective, box:
 *     victim.h. Places where the model is asked are not clipped.
 * Numbers: delta (0.01), epsilon (0.3), rate (0.01), beta1 (0.9), beta2 (0.999), tiny (1e-8).
 * Source: Spall 1992; Uesato, O'Donoghue, van den Oord and Kohli 2018, algorithm 1; document 000
 *     Q41 (attacks; no gradient is asked for, so defences that hide it do not help).
 * Edge cases: sign(0) = 0. Refused: delta, rate, epsilon, tiny not above 0; a beta outside [0, 1);
 *     no step, no direction; a direction with a 0 where it is divided by; a class that is none.
 * Order of operations: delta v, then x + d plus or less it; the difference divided by (2 delta);
 *     one fused chain over s; divided by S. (1 - beta2) g, times g. Then rate u, d plus it, cut.
 */
#pragma once

#include "victim.h"

/* Outputs iterates (T,N,a): x + d_(t+1); estimates (T,N,a): g before the turn for targets; losses
 * (T,N) at x + d_t; class (N) at the end. */
void simultaneous_perturbation_attack_answer(struct call *call);
