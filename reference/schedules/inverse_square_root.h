// SPDX-License-Identifier: MIT
/* Inverse square root: a linear rise, then 1 / sqrt(n); the transformer's schedule.
 *
 *     noam:   rate_t = rate / sqrt(width) min(1 / sqrt(n), n / (W sqrt(W)))     (0 at n = 0)
 *     scaled: rate_t = rate min(n / W, sqrt(W / n))       (the top is the rate itself)
 *     shifted: rate_t = rate n / W for n < W, else rate / sqrt((n + shift) / scale)
 *
 * n is the time of step t (schedule.h), t = 0 .. T-1; W the number warmup.
 *
 * Conventions: form = noam (default: Vaswani et al., tensor2tensor, OpenNMT; counted_from = one
 *     there), scaled (fairseq, with a top that is asked for) or shifted (transformers'
 *     get_inverse_sqrt_schedule: scale is its timescale, W unless stated, and shift = scale - W).
 *     Numbers: rate (a factor for noam), warmup (W, above 0), width (noam), scale (shifted).
 * Source: Vaswani et al. 2017, eq. 3; document 004 T15.
 * Edge cases: n = 0 has rate 0. A scale below W makes a shift that is negative, but n + shift stays
 *     positive from W on.
 * Order of operations: noam: rate / sqrt(width), times the smaller of 1 / sqrt(n) and n / (W
 *     sqrt(W)). scaled: rate times the quotient, or times the root of the quotient. shifted: rate
 *     over the root of (n + (scale - W)) / scale. The smaller is found from n < W, in whole
 *     numbers.
 */
#pragma once

#include "schedule.h"

enum inverse_root_form { INVERSE_ROOT_NOAM, INVERSE_ROOT_SCALED, INVERSE_ROOT_SHIFTED };

struct inverse_root {
    enum inverse_root_form form;
    real rate, width;
    size_t warmup, scale;
};

struct inverse_root inverse_root_read(struct call *call);

/* The rate at time n. */
real inverse_root_rate(const struct inverse_root *rules, size_t n);

/* Output rate (T). */
void inverse_square_root_answer(struct call *call);
