// SPDX-License-Identifier: MIT
/* Distance over gradients: a step size without a rate to tune.
 *
 *     h = g_t + decay w
 *     r <- max(r, |w - start|),  and before the first step r = first_distance (1 + |start|)
 *     dog:   G <- G + |h|^2;      eta = r / sqrt(G + epsilon)
 *     dowg:  G <- G + r^2 |h|^2;  eta = r^2 / sqrt(G + epsilon)
 *     w <- w - (rate_t eta) h
 *
 * One layer of P parameters; w the start (P), g (S,P), rate (S; 1 in the papers). |.| is the
 * Euclidean norm over all P. G starts at 0. To resume: the inputs start (P; w unless given), the
 * numbers distance (r, then taken as it is) and squares (G).
 *
 * Conventions: form = dog (default: Ivgi, Hinder and Carmon) or dowg (Khaled, Mishchenko and Jin).
 *     first_form = relative (default) or absolute (r = first_distance). maximize as in
 *     gradient_descent.h. Numbers: first_distance (1e-6 in the papers), epsilon (1e-8): always
 *     stated; weight_decay (0: coupled).
 * Source: Ivgi, Hinder and Carmon 2023, eq. 2-4; Khaled, Mishchenko and Jin 2023, algorithm 1;
 *     documents 000-002 Q22.
 * Edge cases: h = 0 with epsilon > 0 takes no step. first_distance = 0 never moves, and is refused.
 * Order of operations: each squared norm is the sum over the parameters of squares in the order of
 *     samples (sum.h: fused chains in blocks of `block` parameters, then the tree); everything else
 *     as written and rounded one by one, from left to right: (r r) |h|^2.
 */
#pragma once

#include "optimizer.h"

struct distance_rules {
    int weighted, absolute;
    real first, epsilon, decay, squares, distance;
    int resumed; /* distance is stated */
    size_t block;
};

struct distance_rules distance_rules_read(struct call *call);

/* eta of a step, from r and |h|^2; G in place. */
real distance_step(real r, real square, real *G, const struct distance_rules *rules);

/* Inputs w, g, rate, optionally start; outputs w_after (S,P), distance (r), step (eta) (S). */
void distance_over_gradients_answer(struct call *call);
