// SPDX-License-Identifier: MIT
/* The elastic-net attack: Carlini and Wagner's objective with an L1 norm too, whose change is
 * therefore sparse. One search; the search for c is that of carlini_wagner.h.
 *
 *     objective g(y) = c[n] max(gap(y), 0) + |y - x|_2^2              (logit_gap.h)
 *     rate_k = rate sqrt(1 - k / steps),  k = 0 .. steps - 1;   x_0 = y_0 = x
 *     w = y_k - rate_k dg/dy (y_k)
 *     x_(k+1)[d] = min(w - threshold, high)   where w - x > threshold
 *                  max(w + threshold, low)    where x - w > threshold
 *                  x[d]                       elsewhere
 *     y_(k+1) = x_(k+1) + q / (q + 3) (x_(k+1) - x_k)
 *     adversarial = the x_(k+1) with gap < 0 whose distance by the rule is the smallest, else x
 *
 * The model is the attacked one (victim.h) with K >= 2 logits; x (N,a), c (N).
 *
 * Conventions:
 *   descent = fista (default, as above) or ista: y_(k+1) = x_(k+1).
 *   rule = elastic_net (default): |.|_2^2 + beta |.|_1; l1; l2: |.|_2^2 decides, as it does for
 *     Carlini and Wagner (beta = 0).
 *   momentum = from_zero (default: Foolbox, ART): q = k; from_one: q = k + 1 (the authors' program,
 *     whose counter has moved on by then).
 *   threshold = beta (default: the paper, and all programs) or rate_beta: rate_k beta, which is the
 *     proximal step of beta |.|_1.
 *   decay = root (default, as above) or none: rate_k = rate.
 *   goal, box: victim.h; with box = none nothing is cut.
 * Numbers: steps (1000), rate (1e-2), beta (1e-2; authors 1e-3), kappa (0).
 * Source: Chen, Sharma, Zhang, Yi and Hsieh 2018, equations 6 to 8 and algorithm 1; Beck and
 *     Teboulle 2009 (FISTA); document 000 Q41 (optimised perturbations).
 * Edge cases: gap = 0 is no success; a sample that never succeeds comes back as x, with distance 0
 *     and found = 0. What is judged is x_(k+1), never y_(k+1). Refused: fewer than two logits; no
 *     steps; a rate that is not above 0; beta, kappa, or a c below 0; a class that is none.
 * Order of operations: 1 - k / steps, its root, times rate; 2 (y - x) + pullback of +-c; w in two
 *     roundings; (q / (q + 3)) times the difference. Norms: chains over features;
 *     |.|_2^2 + (beta |.|_1).
 */
#pragma once

#include "logit_gap.h"

/* Outputs iterates, slack (S,N,a): x_(k+1) and y_(k+1); objective (S,N): g(y_k); adversarial (N,a),
 * distance (N) by the rule, found (N): k + 1, or 0. */
void elastic_net_attack_answer(struct call *call);
