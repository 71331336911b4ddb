// SPDX-License-Identifier: MIT
/* Nadam: Adam with Nesterov's look-ahead and a momentum that warms up.
 *
 *     h    = g_t + decay w                                 (decay_form = coupled)
 *     w   <- w - (rate decay) w,  h = g_t                  (decay_form = decoupled)
 *     mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2)       (momentum_schedule = warming)
 *     mu_t = beta1                                         (momentum_schedule = constant)
 *     pi_t = mu_1 mu_2 .. mu_t
 *     m   <- beta1 m + (1 - beta1) h                       (first_moment = beta1)
 *     m   <- mu_t m + (1 - mu_t) h                         (first_moment = schedule)
 *     v   <- beta2 v + (1 - beta2) h^2,  c2 = 1 - beta2^t
 *     n    = mu_{t+1} m / (1 - pi_{t+1}) + (1 - mu_t) h / (1 - pi_t)
 *     w   <- w - rate n / (sqrt(v / c2) + epsilon)
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1); pi_t
 * is the product from step 1 on, also when resumed. m and v start at 0, or at the inputs m and v
 * (P).
 *
 * Conventions:
 *   momentum_schedule = warming (PyTorch, Keras; default) or constant (optax).
 *   first_moment = beta1 (PyTorch, Keras, optax; default) or schedule (the paper).
 *   decay_form = coupled (default; PyTorch) or decoupled (PyTorch's option, Keras). maximize as in
 *     gradient_descent.h.
 *   Numbers: momentum_decay (0.004, the paper and PyTorch; Keras has 1: mu_1 is 0.468 then and not
 *     0.450), beta1, beta2, epsilon, weight_decay (0).
 * Source: Dozat 2016, algorithm 2 and section 3.1; Sutskever et al. 2013, eq. 5.
 * Edge cases: gradients that are 0 from the start leave w: 0 / (0 + epsilon). Refused: first_step
 *     0; beta1 or beta2 outside [0, 1); epsilon, momentum_decay or weight_decay below 0.
 * Order of operations: 0.96^x is e^(x ln 0.96) with x = t momentum_decay, rounded at each function
 *     and product; mu_t = beta1 (1 - power / 2). pi is a chain of products from mu_1, beta2^t one
 * of t - 1. All else as written and rounded one by one, from left to right: (mu m) / (..),
 *     ((1 - mu) h) / (..), (rate n) / (..), ((1 - beta2) h) h.
 */
#pragma once

#include "optimizer.h"

struct nadam_rules {
    int constant, scheduled_moment;
    real beta1, beta2, epsilon, momentum_decay;
    struct weight_decay decay;
};

struct nadam_rules nadam_rules_read(struct call *call);

/* mu_t; and pi_t. */
real nadam_momentum(size_t t, const struct nadam_rules *rules);
real nadam_product(size_t t, const struct nadam_rules *rules);

/* Step t in place: w, m and v (P) from g (P). */
void nadam_update(real *w, real *m, real *v, const real *g, real rate, size_t t,
                  const struct nadam_rules *rules, size_t P);

/* Inputs w, g, rate, optionally m, v; outputs w_after, m_after, v_after (S,P). */
void nadam_answer(struct call *call);
