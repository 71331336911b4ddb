// SPDX-License-Identifier: MIT
/* Inverse time decay of the learning rate.
 *
 *     x_t    = n_t / decay_steps                        n_t: the time of step t (schedule.h)
 *     inverse:      rate_t = rate / (1 + decay x_t)
 *     inverse_root: rate_t = rate / sqrt(1 + decay x_t)
 *     and not below minimum.                            t = 0 .. T-1
 *
 * Conventions: form = inverse (default) or inverse_root (Caffe's inv with power 1/2); staircase =
 * no (default) or yes: x_t rounded down. counted_from = zero (default: Keras; ONNX's Adagrad) or
 *     one, as schedule.h says. (PyTorch's Adagrad subtracts 1 from a count that starts at 1, which
 *     is zero; older code forgets that.) Numbers: rate, decay, decay_steps (1), minimum (0).
 * Source: Robbins and Monro 1951 (sum of rates infinite, of their squares finite); document 004
 *     T15.
 * Edge cases: decay 0 is a fixed rate; a negative decay is refused, since its divisor reaches 0; so
 *     are decay_steps of 0.
 * Order of operations: x one quotient (a whole number when decay_steps is 1); product, sum, root,
 *     quotient, each rounded.
 */
#pragma once

#include "../call.h"

struct inverse_time_decay {
    real rate, decay, minimum;
    size_t decay_steps;
    int root, staircase;
};

/* The rate at time n. */
real inverse_time_decay_rate(const struct inverse_time_decay *rules, size_t n);

struct inverse_time_decay inverse_time_decay_read(struct call *call);

/* Output rate (T). */
void inverse_time_decay_answer(struct call *call);
