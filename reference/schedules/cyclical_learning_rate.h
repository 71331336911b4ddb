// SPDX-License-Identifier: MIT
/* Cyclical learning rate: up from a lower to an upper bound and down again, in straight lines.
 *
 *     p = n mod (up + down), c = floor(n / (up + down))       n: the time of step t (schedule.h)
 *     share  = p / up                      while p <= up
 *            = (up + down - p) / down      afterwards
 *     rate_t = base + (maximum - base) share scale            t = 0 .. T-1
 *     scale  = 1 (triangular), 1 / 2^c (triangular2), decay^n or decay^c (exp_range)
 *
 * Conventions: mode = triangular (default), triangular2, exp_range; scale_by = step (default:
 * exp_range decays with every step, as Smith and PyTorch do) or cycle (PyTorch's scale_mode).
 *     Numbers: base, maximum, up (steps to the top), down (up: back to the bottom), decay
 *     (exp_range), and those of schedule.h.
 * Source: Smith 2017; document 004 T15.
 * Edge cases: maximum below base is a valley, and allowed; up = 1 is a saw. Refused: up or down of
 *     0, and a decay that is not above 0.
 * Order of operations: the share is one quotient of whole numbers; scale by c or n multiplications
 *     from 1 (by 1/2 or decay); ((maximum - base) share) scale, then base plus that.
 */
#pragma once

#include "../call.h"

enum cyclical_mode { CYCLICAL_TRIANGULAR, CYCLICAL_TRIANGULAR2, CYCLICAL_EXP_RANGE };

struct cyclical {
    enum cyclical_mode mode;
    int by_cycle;
    real base, maximum, decay;
    size_t up, down;
};

/* How far up it is at time n, 0 to 1. */
real cyclical_share(const struct cyclical *rules, size_t n);

/* The scale of the amplitude at time n. */
real cyclical_scale(const struct cyclical *rules, size_t n);

struct cyclical cyclical_read(struct call *call);

/* Output rate (T). */
void cyclical_learning_rate_answer(struct call *call);
