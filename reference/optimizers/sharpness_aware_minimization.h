// SPDX-License-Identifier: MIT
/* Sharpness-aware minimisation: min over w of the max over |d| <= rho of the loss at w + d.
 *
 *   worker k ascends from d = 0, `ascent_steps` (A) times, on its own samples or on all of them:
 *     standard:  d <- d + a g / (|g| + epsilon),          g = gradient of its mean loss at w + d
 *     adaptive:  d <- d + a T T g / (|T g| + epsilon),    T = |w| + eta, element by element
 *     with A > 1:  d <- d rho / |d|  if |d| > rho         (|d / T| for adaptive)
 *   and then everybody descends from w, by gradients taken at w + d:
 *     w <- w - rate_s (G + decay w),    G = mean over all samples of their gradients there
 *
 * The loss is that of least_squares.h: x (N,P), y (N), w the start (P), rate (S), workers (W).
 *
 * Conventions:
 *   form = standard (default: Foret et al. 2021) or adaptive (ASAM, Kwon et al. 2021; eta is the
 *     number eta (0.01 there)).
 *   perturbation = whole (default: one d from the gradient of all samples) or each (m-sharpness: a
 *     d for every worker's samples, as the paper's own runs on several accelerators).
 *   Numbers: rho, epsilon (1e-12): always stated; ascent_steps (A, 1: SAM itself; more are the
 *     projected ascent of robust optimisation), ascent_rate (a; rho unless stated), weight_decay
 *     (0: in the descent only).
 * Source: Foret et al. 2021, algorithm 1; Kwon et al. 2021, algorithm 1; Madry et al. 2018, eq. 2.1
 *     (min-max); documents 002 Q41, 004 T27.
 * Edge cases: rho = 0 is gradient descent. At a minimum g = 0, so d = 0 with epsilon > 0.
 * Order of operations: least_squares.h; a mean is the sum over N_k; squares are rounded and added
 *     in index order; (a / (|g| + epsilon)) g; T T g is (T T) g; G is the sum of the workers' sums
 *     from the first to the last, over N. Everything else as written, from left to right.
 */
#pragma once

#include "least_squares.h"

struct sharpness_rules {
    int adaptive, each;
    real rho, epsilon, eta, ascent_rate, decay;
    size_t ascent_steps;
};

struct sharpness_rules sharpness_rules_read(struct call *call);

/* One ascent of d (P) at w from the mean gradient g (P), in place. */
void sharpness_ascend(real *d, const real *w, const real *g, const struct sharpness_rules *rules,
                      size_t P);

/* Inputs x, y, w, rate; outputs w_after, gradient (G) (S,P), perturbation (d) (S,W,P). */
void sharpness_aware_minimization_answer(struct call *call);
