// SPDX-License-Identifier: MIT
/* Cosine annealing, with or without warm restarts.
 *
 *     rate_t = minimum + (rate - minimum) (1 + cos(pi p / L)) / 2          t = 0 .. T-1
 *     p of L steps of the present cycle have passed at the time n of step t (schedule.h):
 *     the first cycle has `period` steps, each following one `multiplier` times as many.
 *
 * Conventions: after = restart (default: SGDR; p = L is p = 0 of the next cycle, so a restart has
 * the full rate and the minimum itself is never reached), stay (Keras, optax: the minimum from step
 *     `period` on) or back (PyTorch's CosineAnnealingLR in closed form: the cosine goes on, and up
 *     again). Numbers: rate, period, multiplier (1; restart only), minimum (0: the end value).
 * Source: Loshchilov and Hutter 2017, eq. 5; document 004 T15.
 * Edge cases: period 1 with restarts is a fixed rate. period and multiplier are whole numbers from
 *     1 on; others are refused.
 * Order of operations: share = p / L of whole numbers; angle = pi share; cos, in [0, pi];
 *     minimum + ((rate - minimum) (1/2)) (1 + cos), each step rounded. For `back`, p is first
 *     folded into 0 .. L as a whole number.
 */
#pragma once

#include "../call.h"

enum cosine_after { COSINE_RESTART, COSINE_STAY, COSINE_BACK };

struct cosine {
    enum cosine_after after;
    real rate, minimum;
    size_t period, multiplier;
};

/* Where time n is: p steps into a cycle of L. */
struct cosine_place {
    size_t p, L;
};
struct cosine_place cosine_find(const struct cosine *rules, size_t n);

/* The rate at that place. */
real cosine_rate(const struct cosine *rules, struct cosine_place place);

struct cosine cosine_read(struct call *call);

/* Output rate (T). */
void cosine_annealing_answer(struct call *call);
