// SPDX-License-Identifier: MIT
/* Synchronous gradient descent over W workers: it equals the serial one, if they are added rightly.
 *
 *     G_k = sum over the samples n of worker k of (x_n w - y_n) x_n,   N_k of them
 *     weighted:       G = (sum_k G_k) / (sum_k N_k)      (the serial gradient, for any W)
 *     mean_of_means:  G = (sum_k G_k / N_k) / W          (the serial one for equal N_k alone)
 *     sum_of_means:   G = sum_k G_k / N_k                (needs a rate W times as small)
 *     w <- w - rate_s (G + decay w),   loss_s = mean over n of (x_n w - y_n)^2 / 2 before the step
 *
 * x (N,P), y (N), w the start (P), rate (S); workers and their samples as in least_squares.h.
 *
 * Conventions: combination = weighted (default; what a reduction of sums gives), mean_of_means
 *     (DistributedDataParallel, Horovod: gradients of local means are averaged) or sum_of_means (an
 *     all-reduce without division). Numbers: workers (W, 1), weight_decay (0: added once, not by
 *     every worker).
 * Source: Chen et al. 2016, section 3; Goyal et al. 2017, section 3; document 003 Q46.
 * Edge cases: W = 1 is serial. W = N: one sample for each. More workers than samples are refused.
 * Order of operations: least_squares.h; workers are added from the first to the last, starting from
 *     0; everything else as written, from left to right.
 */
#pragma once

#include "least_squares.h"

enum combination { COMBINE_WEIGHTED, COMBINE_MEAN_OF_MEANS, COMBINE_SUM_OF_MEANS };

/* G (P) from the workers' sums (W,P). */
void synchronous_combine(real *G, const real *sum, enum combination combination,
                         const struct least_squares *f);

/* Inputs x, y, w, rate; outputs w_after, gradient (S,P), loss (S). */
void synchronous_gradient_descent_answer(struct call *call);
