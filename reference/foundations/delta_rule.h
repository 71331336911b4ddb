// SPDX-License-Identifier: MIT
/* Delta rule (Widrow-Hoff, least mean squares): a linear unit that follows its error downhill.
 *
 *     z[n] = b + sum_d x[n,d] w[d];   e[n] = z[n] - t[n];   g[n] = e[n] or 2 e[n]
 *     sample:      for every n in order:   w <- w - rate g[n] x[n];   b <- b - rate g[n]
 *     batch_mean:  w <- w - rate (sum_n g[n] x[n]) / N;   b likewise; once an epoch
 *     batch_sum:   the same without dividing
 *
 * N samples of D features, E epochs; x (N,D), t (N). w (D) and b start at 0, or at the inputs.
 * Numbers: rate (0.01), epochs.
 *
 * Conventions: update = sample (default), batch_mean or batch_sum; gradient = error (default: of
 *     e^2 / 2, the classical rule) or squared (of e^2: twice as large).
 * Source: Widrow and Hoff 1960; documents 002 Q3-4 (a linear activation, or gradient descent).
 * Edge cases: a rate above 2 / (largest eigenvalue of x'x) diverges; the answer is still defined.
 *     A negative rate, no epochs and no samples are refused.
 * Order of operations: sample: strictly one sample after another; z is one fused-multiply-add chain
 *     over the features from b, u = rate g one product, w - u x two roundings. Batch: sums over
 *     samples in blocks, divided by N, doubled for squared, times the rate, taken off. The squared
 *     errors are summed in blocks and divided by N.
 */
#pragma once

#include "../call.h"

enum delta_update { DELTA_SAMPLE, DELTA_BATCH_MEAN, DELTA_BATCH_SUM };

struct delta_rule {
    size_t N, D, block;
    const real *x, *t; /* (N,D), (N) */
    enum delta_update update;
    real rate, factor; /* factor 1 or 2: g = factor e */
};

/* One epoch: w (D) and b in place, error (N) as each sample was met. */
void delta_rule_epoch(real *w, real *b, real *error, const struct delta_rule *rule);

/* Inputs x, t, optionally w, b; outputs w_after (E,D), b_after (E) and squared_error (E), the mean
 * of e^2 as met in each epoch. */
void delta_rule_answer(struct call *call);
