// SPDX-License-Identifier: MIT
/* One cycle: the rate goes up once, down again and far below its start; momentum the other way.
 *
 *     initial = maximum / initial_divisor, final = initial / final_divisor
 *     legs of two phases:   initial -> maximum until A, -> final until Z
 *             three phases: initial -> maximum until A, -> initial until 2 A, -> final until Z
 *     p = (n - begin) / (end - begin) of a leg          n: the time of step t (schedule.h)
 *     w = (1 + cos(pi p)) / 2 (cosine) or 1 - p (linear)
 *     rate_t = to + (from - to) w                       t = 0 .. T-1
 *     momentum_t: the same between momentum_high (ends of the cycle, and all of a third leg) and
 *         momentum_low (at A).
 *
 * Conventions: phases = two (default: PyTorch, fastai, optax's cosine) or three (Smith; PyTorch's
 *     three_phase). shape = cosine (default: PyTorch, fastai) or linear (Smith, optax's linear).
 *     ends = last_step (default: PyTorch; A = share total - 1 and Z = total - 1, so that the last
 *     step has the final rate) or after_last (fastai, optax: A = share total, Z = total; the final
 *     rate is never trained with). final_from = initial (default: PyTorch, optax) or maximum
 *     (fastai: final = maximum / final_divisor). A need not be whole; optax cuts it.
 *     Numbers: maximum, total (steps of the cycle), share (of the rise: PyTorch has 0.3, fastai
 *     0.25), initial_divisor (25), final_divisor (10000; fastai has 100000), momentum_high,
 *     momentum_low (0.95 and 0.85 in both libraries), and those of schedule.h.
 * Source: Smith 2018, section 4; PyTorch, fastai and optax documentation; document 004 T15.
 * Edge cases: a step beyond Z is refused ('total'), as PyTorch does; so are a share without a rise
 *     (A <= 0) or with nothing after the legs before the last, and divisors and a maximum that are
 *     not above 0. Divisors of 1 make a leg level. n = A belongs to the leg that ends there.
 * Order of operations: A = share total, minus 1; 2 A; n - begin, end - begin, quotient; w =
 *     (1 + cos(pi p)) (1/2); (from - to) w, then `to` plus that. Every comparison with an end is
 *     certified.
 */
#pragma once

#include "../call.h"

struct one_cycle_leg {
    real begin, end;
    real from, to;                   /* the rate */
    real momentum_from, momentum_to; /* the momentum */
};

struct one_cycle {
    size_t legs;
    struct one_cycle_leg leg[3];
    int linear;
};

/* The leg of time n. */
const struct one_cycle_leg *one_cycle_find(const struct one_cycle *cycle, size_t n);

/* The weight of `from` in a leg at time n. */
real one_cycle_weight(const struct one_cycle *cycle, const struct one_cycle_leg *leg, size_t n);

struct one_cycle one_cycle_read(struct call *call);

/* Outputs rate (T) and momentum (T). */
void one_cycle_answer(struct call *call);
