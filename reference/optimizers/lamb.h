// SPDX-License-Identifier: MIT
/* LAMB: Adam's direction, as long as a layer's weights are.
 *
 *     m <- beta1 m + (1 - beta1) g_t,   v <- beta2 v + (1 - beta2) g_t^2
 *     c1 = 1 - beta1^t,  c2 = 1 - beta2^t                  (1 and 1 with bias_correction = no)
 *     u  = (m / c1) / (sqrt(v / c2) + epsilon) + decay w
 *     a  = min(max(|w|, trust_lower), trust_upper),  b = |u|
 *     ratio = a / b, and 1 when a or b is 0
 *     w <- w - rate ratio u
 *
 * One layer of P parameters; w the start (P), g (S,P), rate (S). t counts from the number
 * first_step (1). m and v start at 0, or at the inputs m and v (P). |.| is the Euclidean norm over
 * all P.
 *
 * Conventions:
 *   bias_correction = yes (default; the paper's algorithm 2, TensorFlow Addons, Keras) or no (its
 *     first version).
 *   The decay is always inside u: the norm sees it. maximize as in gradient_descent.h.
 *   Numbers: beta1, beta2, epsilon (1e-6 in the paper and Keras): always stated; weight_decay (0);
 *     trust_lower (0) and trust_upper (none unless stated): the paper's phi.
 * Source: You et al. 2020, algorithm 2 and its footnote on phi.
 * Edge cases: a weight norm of 0, as at a start from zero, or a direction of norm 0: the ratio is
 *     1, and the step is Adam's. Refused: trust_upper below trust_lower; first_step 0; beta1 or
 *     beta2 outside [0, 1); epsilon, trust_lower or weight_decay below 0.
 * Order of operations: as written and rounded one by one, from left to right: ((1 - beta2) g) g,
 *     ((rate ratio) u); u = d when decay is 0. Each norm is the root of the sum over the parameters
 *     of squares in the order of samples (sum.h: fused chains in blocks of `block` parameters, then
 *     the tree). beta^t is t - 1 multiplications.
 */
#pragma once

#include "optimizer.h"

struct lamb_rules {
    int bias_correction, has_upper;
    real beta1, beta2, epsilon, decay, lower, upper;
    size_t block;
};

struct lamb_rules lamb_rules_read(struct call *call);

/* The direction u (P) of step t; m and v (P) in place. */
void lamb_direction(real *u, const real *w, real *m, real *v, const real *g, size_t t,
                    const struct lamb_rules *rules, size_t P);

/* The trust ratio from the norms of w and u. */
real lamb_ratio(real weights, real direction, const struct lamb_rules *rules);

/* Inputs w, g, rate, optionally m, v; outputs w_after, m_after, v_after (S,P), ratio (S). */
void lamb_answer(struct call *call);
