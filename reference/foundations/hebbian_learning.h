// SPDX-License-Identifier: MIT
/* Hebbian learning: connections grow where both ends are active together, the synaptic plasticity
 * that artificial weights are compared with.
 *
 *     y[k] = sum_d x[n,d] w[d,k]
 *     w[d,k] <- w[d,k] + (rate y[k]) (x[n,d] - f[d,k]) - (rate decay) w[d,k]
 *     hebb:   f = 0                              grows without limit
 *     oja:    f[d,k] = y[k] w[d,k]               keeps |w_k| near 1: the first principal component
 *     sanger: f[d,k] = sum_{j <= k} y[j] w[d,j]  one principal component a unit
 *     update = sample: for every n in order, all of y and f from the weights before the sample
 *     update = batch:  w <- w + rate (sum_n y (x - f)) / N - (rate decay) w, once an epoch
 *
 * N samples of D features, K units, E epochs; x (N,D), w (D,K) the start (no learning from 0).
 *
 * Conventions: rule = hebb (default), oja or sanger; update = sample (default) or batch. Numbers:
 *     rate, epochs: always stated; decay (0), which forgets.
 * Source: Hebb 1949 (the postulate); Oja 1982, eq. 3; Sanger 1989, eq. 5; document 004 T1 (synapses
 *     and weights).
 * Edge cases: weights of 0 stay 0. A rate above 2 / y^2 makes Oja's rule diverge; the answer is
 *     still defined. A negative decay and an empty x are refused; a negative rate is anti-Hebbian.
 * Order of operations: y: one chain of fused multiply-adds over the features from 0; f of sanger:
 * one
 *     over the units from 0. u = rate y; w' = w + u (x - f), then w' - (rate decay) w. Batch: terms
 *     y (x - f) summed over samples in blocks, divided by N, times the rate, added to w. Squares of
 *     y are summed over samples in blocks and divided by N.
 */
#pragma once

#include "../call.h"

enum hebbian_rule { HEBB, OJA, SANGER };

struct hebbian {
    size_t D, K;
    enum hebbian_rule rule;
    real rate, decay;
};

/* y (K) and the terms y[k] (x[d] - f[d,k]) without the rate, term (D,K), for one sample x (D). */
void hebbian_terms(real *term, real *y, const real *x, const real *w, const struct hebbian *is);

/* w (D,K) in place after one sample; f (D,K) is scratch. */
void hebbian_step(real *w, real *y, real *f, const real *x, const struct hebbian *is);

/* Inputs x, w; outputs w_after (E,D,K) and mean_square (E,K): the mean of y^2 as met in each
 * epoch. */
void hebbian_learning_answer(struct call *call);
