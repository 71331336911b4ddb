// SPDX-License-Identifier: MIT
/* Lookahead: k fast steps forward, one step back towards slow weights.
 *
 *     v <- mu v + (g_t + decay w),   w <- w - rate v                    (fast: momentum.h)
 *     and if t is a multiple of k:
 *         slow <- slow + alpha (w - slow),   w <- slow
 *         velocity = keep: v stays;  reset: v <- 0;
 *                    pull: v <- last + alpha (v - last),  last <- v
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1). slow
 * starts at w, v and last at 0, or at the inputs slow, velocity_before and last (P).
 *
 * Conventions: velocity = keep (default: the paper's maintain), reset or pull (its interpolate).
 *     maximize as in gradient_descent.h. Numbers: momentum, alpha (0 < alpha <= 1; 0.5 in the
 *     paper's code), every (k; 5): always stated; weight_decay (0: coupled).
 * Source: Zhang, Lucas, Hinton and Ba 2019, algorithm 1 and section 3; document 004 T26.
 * Edge cases: alpha = 1 is the fast optimizer. every = 1 shortens every step by alpha.
 * Order of operations: as written and rounded one by one, from left to right.
 */
#pragma once

#include "optimizer.h"

enum lookahead_velocity { LOOKAHEAD_KEEP, LOOKAHEAD_RESET, LOOKAHEAD_PULL };

struct lookahead_rules {
    enum lookahead_velocity velocity;
    real momentum, alpha;
    struct weight_decay decay; /* always coupled */
    size_t every;
};

struct lookahead_rules lookahead_rules_read(struct call *call);

/* Step t in place: w, slow, v and last (P) from g (P). */
void lookahead_update(real *w, real *slow, real *v, real *last, const real *g, real rate, size_t t,
                      const struct lookahead_rules *rules, size_t P);

/* Inputs w, g, rate, optionally slow, velocity_before, last; outputs w_after, slow_after, v_after
 * (S,P). */
void lookahead_optimizer_answer(struct call *call);
