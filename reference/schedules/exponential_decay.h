// SPDX-License-Identifier: MIT
/* Exponential decay of the learning rate, in its two forms.
 *
 *     x_t    = max(n_t - begin, 0) / decay_steps        n_t: the time of step t (schedule.h)
 *     exponential: rate_t = rate e^(-decay x_t)
 *     power:       rate_t = rate decay^x_t              (the gamma of PyTorch's ExponentialLR)
 *     and not below minimum.                            t = 0 .. T-1
 *
 * Conventions: form = exponential (default) or power; staircase = no (default) or yes: x_t is
 *     rounded down to a whole number (Keras, optax). Numbers: rate, decay, decay_steps (1), begin
 *     (0: optax's transition_begin), minimum (0: none).
 * Source: document 004 T15 (without formula; both are in use).
 * Edge cases: decay = 0 (exponential) or 1 (power) is a fixed rate; a power's base that is not
 * above
 *     0 is refused, and so are decay_steps of 0 and a negative begin.
 * Order of operations: x: one quotient. exponential: -(decay x), exp, product. power with whole x
 *     (staircase, or decay_steps 1): x multiplications from 1, product; otherwise log(decay),
 *     times x, exp, product.
 */
#pragma once

#include "../call.h"

struct exponential_decay {
    real rate, decay, minimum;
    size_t decay_steps, begin;
    int power, staircase;
};

/* The rate at time n. */
real exponential_decay_rate(const struct exponential_decay *rules, size_t n);

struct exponential_decay exponential_decay_read(struct call *call);

/* Output rate (T). */
void exponential_decay_answer(struct call *call);
