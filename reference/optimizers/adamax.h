// SPDX-License-Identifier: MIT
/* Adamax: Adam with the infinity norm in place of the second moment.
 *
 *     h  = g_t + decay w                                   (decay_form = coupled)
 *     w <- w - (rate decay) w,  h = g_t                    (decay_form = decoupled)
 *     m <- beta1 m + (1 - beta1) h
 *     c1 = 1 - beta1^t                                     (1 with bias_correction = no)
 *     in_maximum:      u <- max(beta2 u, |h| + epsilon);   w <- w - (rate / c1) m / u
 *     in_denominator:  u <- max(beta2 u, |h|);             w <- w - (rate / c1) m / (u + epsilon)
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1). m and
 * u start at 0, or at the inputs m and u (P).
 *
 * Conventions:
 *   epsilon_placement = in_maximum (PyTorch, optax; default) or in_denominator (Keras, MLX). The
 *     paper has no epsilon: both with epsilon 0.
 *   bias_correction = yes (default) or no (MLX). u needs none.
 *   decay_form = coupled (default; PyTorch) or decoupled (Keras). maximize as in
 *     gradient_descent.h.
 *   Numbers: beta1 (0.9), beta2 (0.999), epsilon (1e-8 PyTorch and optax, 1e-7 Keras): always
 *     stated; weight_decay (0).
 * Source: Kingma and Ba 2015, algorithm 2.
 * Edge cases: gradients that are 0 from the start leave w when epsilon is above 0; with epsilon 0
 *     they give 0 / 0, which this definition leaves open. Refused: first_step 0; beta1 or beta2
 *     outside [0, 1); epsilon or weight_decay below 0.
 * Order of operations: every product, quotient and sum as written and rounded one by one, from left
 *     to right: ((rate / c1) m) / u. beta1^t is t - 1 multiplications: power = beta1, then power =
 *     power beta1.
 */
#pragma once

#include "optimizer.h"

enum adamax_epsilon { ADAMAX_IN_MAXIMUM, ADAMAX_IN_DENOMINATOR };

struct adamax_rules {
    enum adamax_epsilon epsilon_placement;
    int bias_correction;
    real beta1, beta2, epsilon;
    struct weight_decay decay;
};

struct adamax_rules adamax_rules_read(struct call *call);

/* Step t in place: w, m and u (P) from g (P). */
void adamax_update(real *w, real *m, real *u, const real *g, real rate, size_t t,
                   const struct adamax_rules *rules, size_t P);

/* Inputs w, g, rate, optionally m, u; outputs w_after, m_after, u_after (S,P). */
void adamax_answer(struct call *call);
