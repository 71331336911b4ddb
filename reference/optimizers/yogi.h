// SPDX-License-Identifier: MIT
/* Yogi: the second moment moves by a share of the squared gradient, towards it, never by more.
 *
 *     h = g_t + decay w                                  (decay_form = coupled)
 *     m <- beta1 m + (1 - beta1) h
 *     v <- v - (1 - beta2) sign(v - h^2) h^2             (sign(0) = 0)
 *     c1 = 1 - beta1^t,  c2 = 1 - beta2^t                (1 and 1 with bias_correction = no)
 *     w <- w - rate (m / c1) / (sqrt(v / c2) + epsilon)
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1). m and
 * v start at the number initial (0), or at the inputs m and v (P).
 *
 * Conventions:
 *   bias_correction = yes (default: optax, pytorch-optimizer, TensorFlow Addons) or no (the paper).
 *   decay_form = coupled (default) or decoupled: optimizer.h. maximize: gradient_descent.h.
 *   Numbers: beta1, beta2, epsilon (1e-3 in the paper and in all packages, not Adam's 1e-8): always
 *     stated; initial (1e-6 in optax and pytorch-optimizer, for both moments); weight_decay (0).
 * Source: Zaheer et al. 2018, algorithm 2; documents 000-002 Q22, 004 T15 (adaptive rates).
 * Edge cases: v = h^2 exactly leaves v. g = 0 from the start leaves w.
 * Order of operations: as written and rounded one by one, from left to right; q = h h, then
 *     v -+ (1 - beta2) q; (rate (m / c1)) / (...). beta^t is t - 1 multiplications.
 */
#pragma once

#include "optimizer.h"

struct yogi_rules {
    struct moment_rules moments;
    real initial;
};

struct yogi_rules yogi_rules_read(struct call *call);

/* Step t in place: w, m and v (P) from g (P). `rules` is a struct yogi_rules. */
void yogi_update(real *w, real *m, real *v, const real *g, real rate, size_t t, const void *rules,
                 size_t P);

/* Inputs w, g, rate, optionally m and v; outputs w_after, m_after, v_after (S,P). */
void yogi_answer(struct call *call);
