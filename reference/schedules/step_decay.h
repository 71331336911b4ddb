// SPDX-License-Identifier: MIT
/* Step decay: the rate falls by a factor every so many steps or epochs.
 *
 *     k_t    = floor(n_t / every)
 *     rate_t = max(rate factor^k_t, minimum)     t = 0 .. T-1; n_t is the time of step t
 * (schedule.h)
 *
 * Conventions: factor_form = multiply (default; factor 0.1 in PyTorch's StepLR) or divide ("divided
 *     by 10 every 30 epochs": rate / factor^k; 10 is a binary number and 0.1 is not).
 *     boundary = at (default: time `every` has fallen already) or after (MXNet: it is the last of
 *     the old rate, k = floor((n - 1) / every), and 0 at n = 0).
 *     counted_from and steps_per_epoch: schedule.h; counted_from = one is the tutorials'
 *     floor((1 + epoch) / every). Numbers: rate, factor, every, minimum (0: none).
 * Source: documents 001 Q11, 004 T15; He et al. 2016 (divided by 10 at each stage).
 * Edge cases: every beyond the last step is a fixed rate; factor 1 too. Refused: a factor that is
 * not
 *     above 0, and every = 0.
 * Order of operations: the power by k multiplications from 1; one product or quotient.
 */
#pragma once

#include "../call.h"

struct step_decay {
    real rate, factor, minimum;
    size_t every;
    int divide, after;
};

/* How often the rate has fallen at time n. */
size_t step_decay_falls(const struct step_decay *decay, size_t n);

/* The rate at time n. */
real step_decay_rate(const struct step_decay *decay, size_t n);

struct step_decay step_decay_read(struct call *call);

/* Output rate (T). */
void step_decay_answer(struct call *call);
