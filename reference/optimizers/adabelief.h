// SPDX-License-Identifier: MIT
/* AdaBelief: the second moment is of what the first one did not expect.
 *
 *     h = g_t + decay w                                  (decay_form = coupled)
 *     m <- beta1 m + (1 - beta1) h
 *     s <- beta2 s + (1 - beta2) (h - m)^2 + root        (m is the new one; root: see below)
 *     c1 = 1 - beta1^t,  c2 = 1 - beta2^t                (1 and 1 with bias_correction = no)
 *     w <- w - rate (m / c1) / (sqrt(s / c2) + epsilon)
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1). m and
 * s start at 0, or at the inputs m and s (P).
 *
 * Conventions:
 *   root_placement = in_state (default: added to s in every step and kept there; the paper's
 *     algorithm 2, its authors' package, optax) or at_use (sqrt(s / c2 + root); s stays without
 *     it).
 *   bias_correction = yes (default) or no. decay_form = coupled (default) or decoupled (first
 *     w <- w - (rate decay) w; the authors' package): optimizer.h. maximize: gradient_descent.h.
 *   Numbers: beta1, beta2, epsilon, epsilon_root (root): always stated, for the authors' package
 *     has 1e-16 for both, optax 1e-16 and 1e-16, TensorFlow Addons 1e-14 and the paper 1e-8;
 *     weight_decay (0).
 * Source: Zhuang et al. 2020, algorithm 2; documents 000-002 Q22, 004 T15 (adaptive rates).
 * Edge cases: a steady gradient makes h - m small and steps large; h = 0 from the start with both
 *     epsilons 0 divides 0 by 0, so an epsilon below 0 is refused and 0 is the caller's risk.
 * Order of operations: as written and rounded one by one, from left to right:
 *     (beta2 s + ((1 - beta2) d) d) + root with d = h - m; (rate (m / c1)) / (...). root = 0 is not
 *     added. beta^t is t - 1 multiplications.
 */
#pragma once

#include "optimizer.h"

struct adabelief_rules {
    struct moment_rules moments;
    real root;
    int root_at_use;
};

struct adabelief_rules adabelief_rules_read(struct call *call);

/* Step t in place: w, m and s (P) from g (P). `rules` is a struct adabelief_rules. */
void adabelief_update(real *w, real *m, real *s, const real *g, real rate, size_t t,
                      const void *rules, size_t P);

/* Inputs w, g, rate, optionally m and s; outputs w_after, m_after, s_after (S,P). */
void adabelief_answer(struct call *call);
