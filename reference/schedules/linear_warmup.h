// SPDX-License-Identifier: MIT
/* Linear warm-up of the learning rate, and what follows it.
 *
 *     rate_t = rate p / W                            zero:       step 0 has rate 0
 *            = rate (p + 1) / W                      one_over_n: step W - 1 has the full rate
 *            = start + (rate - start) p / W          start_rate: step 0 has the rate `start`
 *     for p < W, the time of step t (schedule.h) being p; afterwards
 *     constant: rate;   linear: rate max(total - p, 0) / (total - W);
 *     inverse_root: rate sqrt(W / p)                 t = 0 .. T-1
 *
 * Conventions: first_rate = zero (default: transformers, optax), one_over_n (no step is wasted on
 *     rate 0), start_rate (PyTorch's LinearLR with start_factor = start / rate).
 *     after = constant (default), linear (to 0 at the step `total`), inverse_root (Vaswani et al.).
 *     Numbers: rate, warmup (W; 0: none), start (start_rate), total (linear; above W).
 * Source: Goyal et al. 2017, section 2.2; Vaswani et al. 2017, eq. 3; document 004 T15.
 * Edge cases: W = 0 starts with what follows; inverse_root then has no scale and is refused. So is
 * a
 *     total that is not above W.
 * Order of operations: the share is one quotient of whole numbers; rate times share, or
 *     start + (rate - start) share; inverse_root: root of the quotient W / p, times rate.
 */
#pragma once

#include "../call.h"

enum warmup_first { WARMUP_ZERO, WARMUP_ONE_OVER_N, WARMUP_START_RATE };
enum warmup_after { WARMUP_CONSTANT, WARMUP_LINEAR, WARMUP_INVERSE_ROOT };

struct warmup {
    enum warmup_first first;
    enum warmup_after after;
    real rate, start;
    size_t warmup, total;
};

/* The rate at time p. */
real warmup_rate(const struct warmup *rules, size_t p);

struct warmup warmup_read(struct call *call);

/* Output rate (T). */
void linear_warmup_answer(struct call *call);
