// SPDX-License-Identifier: MIT
/* RAdam: Adam without its second moment until that is worth something, then rectified.
 *
 *     h = g_t + decay w                                  (decay_form = coupled)
 *     m <- beta1 m + (1 - beta1) h,   v <- beta2 v + (1 - beta2) h^2
 *     c1 = 1 - beta1^t,  c2 = 1 - beta2^t                (1 and 1 with bias_correction = no)
 *     L = 2 / (1 - beta2) - 1,   l = L - 2 t beta2^t / (1 - beta2^t)
 *     r = sqrt((l - 4) (l - 2) L / ((L - 4) (L - 2) l))
 *     l > threshold:  after_correction:   w <- w - rate r (m / c1) / (sqrt(v / c2) + epsilon)
 *                     before_correction:  w <- w - rate r (m / c1) sqrt(c2) / (sqrt(v) + epsilon)
 *     otherwise:      unrectified = momentum: w <- w - rate (m / c1);  skip: w stays
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1). m and
 * v start at 0, or at the inputs m and v (P). l is how many gradients the average behind v holds.
 *
 * Conventions:
 *   epsilon_placement = after_correction (optax; default) or before_correction (PyTorch, the
 *     authors' package).
 *   unrectified = momentum (default: the paper, PyTorch, optax) or skip (the authors' package with
 *     degenerated_to_sgd off).
 *   bias_correction = yes (default) or no. decay_form = coupled (default) or decoupled:
 *     optimizer.h. maximize: gradient_descent.h.
 *   Numbers: beta1, beta2, epsilon: always stated; threshold (5: PyTorch, optax and the authors'
 *     package; the paper has 4; at least 4, since r has no meaning below); weight_decay (0).
 * Source: Liu et al. 2020, algorithm 2 and eq. 5; documents 000-002 Q22, 004 T15.
 * Edge cases: beta2 of at most 0.6 gives L <= 4, and no step is ever rectified.
 * Order of operations: as written and rounded one by one, from left to right: L = 2 / (1 - beta2)
 *     - 1; l = L - ((2 t) beta2^t) / (1 - beta2^t); the root of (((l - 4) (l - 2)) L) /
 *     (((L - 4) (L - 2)) l); ((rate r) (m / c1)) / (...), or (((rate r) (m / c1)) sqrt(c2)) /
 *     (...). beta^t is t - 1 multiplications.
 */
#pragma once

#include "optimizer.h"

struct radam_rules {
    struct moment_rules moments;
    real threshold;
    int before_correction, skips;
};

struct radam_rules radam_rules_read(struct call *call);

/* l of step t. */
real radam_length(const struct radam_rules *rules, size_t t);

/* r for that l, and 0 where the step is not rectified. */
real radam_rectification(const struct radam_rules *rules, real length);

/* Step t in place: w, m and v (P) from g (P). `rules` is a struct radam_rules. */
void radam_update(real *w, real *m, real *v, const real *g, real rate, size_t t, const void *rules,
                  size_t P);

/* Inputs w, g, rate, optionally m and v; outputs w_after, m_after, v_after (S,P), rectification
 * (S): r, or 0. */
void radam_answer(struct call *call);
