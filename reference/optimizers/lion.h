// SPDX-License-Identifier: MIT
/* Lion: steps of one size, in the direction of the sign of an interpolated moment.
 *
 *     c = beta1 m + (1 - beta1) g_t
 *     w <- w - (rate decay) w
 *     w <- w - rate sign(c)                                (together w - rate (sign(c) + decay w))
 *     m <- beta2 m + (1 - beta2) g_t
 *
 * P parameters; w the start (P), g (S,P), rate (S). m starts at 0, or at the input m (P).
 *
 * Conventions: the decay is decoupled: it never enters c or m (all implementations). maximize as in
 *     gradient_descent.h. Numbers: beta1 (0.9 in the paper; 0.95 for language models), beta2 (0.99;
 *     0.98): always stated; weight_decay (0).
 * Source: Chen et al. 2023, algorithm 2.
 * Edge cases: sign(0) = 0, so a parameter whose gradient and moment are 0 is moved by the decay
 *     alone. The sign of c is a decision: c is far from 0 in every case but those that say so.
 *     Refused: beta1 or beta2 outside [0, 1); weight_decay below 0.
 * Order of operations: every product and sum as written and rounded one by one, from left to right:
 *     ((rate decay) w) is taken off first (not at all when decay is 0), then rate sign(c). m after
 * w.
 */
#pragma once

#include "optimizer.h"

struct lion_rules {
    real beta1, beta2, decay;
};

struct lion_rules lion_rules_read(struct call *call);

/* One step in place: w and m (P) from g (P); c (P) is what the sign was taken of. */
void lion_update(real *w, real *m, real *c, const real *g, real rate,
                 const struct lion_rules *rules, size_t P);

/* Inputs w, g, rate, optionally m; outputs w_after, m_after (S,P). */
void lion_answer(struct call *call);
