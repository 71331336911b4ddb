// SPDX-License-Identifier: MIT
/* Adadelta: steps in the units of the parameters, from two moving averages.
 *
 *     h = g_t + decay w                                    (decay_form = coupled)
 *     w <- w - (rate decay) w,  h = g_t                    (decay_form = decoupled)
 *     v <- rho v + (1 - rho) h^2
 *     d = sqrt(u + epsilon) / sqrt(v + epsilon) h
 *     u <- rho u + (1 - rho) d^2
 *     w <- w - rate d
 *
 * P parameters; w the start (P), g (S,P), rate (S). The averages v of squared gradients and u of
 * squared steps start at 0, or at the inputs v and u (P).
 *
 * Conventions:
 *   decay_form = coupled (default; PyTorch) or decoupled (Keras). maximize as in
 *     gradient_descent.h.
 *   Numbers: rho (0.95 in the paper and Keras, 0.9 in PyTorch, MLX and optax), epsilon (1e-6 in
 *     the paper's tables and PyTorch, 1e-7 in Keras): always stated; weight_decay (0).
 *   The rate is 1 in the paper and in PyTorch; Keras has 0.001. It scales the step of w alone: u
 *     averages the step without it.
 * Source: Zeiler 2012, algorithm 1, eq. 14.
 * Edge cases: epsilon starts everything: with epsilon 0 the first step is 0 and so are all others,
 *     and a gradient of 0 gives 0 / 0. So epsilon must be above 0. Refused as well: rho outside
 *     [0, 1), weight_decay below 0.
 * Order of operations: every product, quotient, root and sum as written and rounded one by one,
 *     from left to right: (sqrt / sqrt) h; ((1 - rho) h) h; ((1 - rho) d) d.
 */
#pragma once

#include "optimizer.h"

struct adadelta_rules {
    real rho, epsilon;
    struct weight_decay decay;
};

struct adadelta_rules adadelta_rules_read(struct call *call);

/* One step in place: w, v and u (P) from g (P). */
void adadelta_update(real *w, real *v, real *u, const real *g, real rate,
                     const struct adadelta_rules *rules, size_t P);

/* Inputs w, g, rate, optionally v, u; outputs w_after, v_after, u_after (S,P). */
void adadelta_answer(struct call *call);
