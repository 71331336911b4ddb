// SPDX-License-Identifier: MIT
/* Piecewise constant learning rate.
 *
 *     k_t    = number of boundaries that the time n of step t (schedule.h) has passed
 *     rates:   rate_t = rates[k_t]
 *     factors: rate_t = rate factors[0] factors[1] ... factors[k_t - 1]     t = 0 .. T-1
 *
 * B boundaries, whole numbers that rise (boundaries (B)); rates (B+1), or the number rate and
 * factors (B).
 *
 * Conventions: form = rates (default: Keras) or factors (optax; PyTorch's MultiStepLR has one
 * factor for all). boundary = at (default: n >= b has passed b: PyTorch, optax) or after (n > b:
 * Keras's PiecewiseConstantDecay). A boundary at 0 counts like every other: with `at`, step 0 has
 * passed it.
 * Source: documents 004 T15, G7 and C9 (a low rate for fine-tuning, in a second phase).
 * Edge cases: boundaries that do not rise strictly, or are below 0, are refused.
 * Order of operations: the factors from the first to the last, one product each, starting from
 *     rate.
 */
#pragma once

#include "../call.h"

struct piecewise {
    size_t B;
    const int *boundaries;
    const real *rates, *factors; /* one of them is NULL */
    real rate;
    int after;
};

/* How many boundaries time n has passed. */
size_t piecewise_passed(const struct piecewise *rules, size_t n);

/* The rate behind k boundaries. */
real piecewise_rate(const struct piecewise *rules, size_t k);

struct piecewise piecewise_read(struct call *call);

/* Inputs boundaries, and rates or factors; output rate (T). */
void piecewise_constant_answer(struct call *call);
