// SPDX-License-Identifier: MIT
/* Polynomial decay of the learning rate to an end value.
 *
 *     rate_t = minimum + (rate - minimum) (1 - p / L)^power             t = 0 .. T-1
 *     n is the time of step t (schedule.h); D the number decay_steps
 *     stay:   p = min(n, D), L = D
 *     cycle:  p = n, L = D times the least whole number m >= 1 with m D >= n
 *
 * Conventions: after = stay (default: PyTorch's PolynomialLR, optax, Keras) or cycle (Keras with
 *     cycle: the decay starts again, slower, at every multiple of D). Numbers: rate, decay_steps
 *     (D), power (1: linear; above 0), minimum (0: the end value; Keras's default is 1e-4).
 * Source: Liu, Rabinovich and Berg 2016 (power 0.9); Keras and PyTorch documentation; document 004
 *     T15.
 * Edge cases: at p = L the power of 0 is 0, for every power but 0; power 0 keeps the rate until
 *     then and is refused, because implementations differ in 0^0.
 * Order of operations: share = (L - p) / L of whole numbers; share^power is share for power 1, and
 *     exp(power log(share)) otherwise; minimum + (rate - minimum) share^power.
 */
#pragma once

#include "schedule.h"

struct polynomial {
    int cycles;
    real rate, minimum, power;
    size_t steps;
};

struct polynomial polynomial_read(struct call *call);

/* L of time n, and p. */
size_t polynomial_length(const struct polynomial *rules, size_t n);
size_t polynomial_place(const struct polynomial *rules, size_t n);

/* The rate p steps into a decay of L. */
real polynomial_rate(const struct polynomial *rules, size_t p, size_t L);

/* Output rate (T). */
void polynomial_decay_answer(struct call *call);
