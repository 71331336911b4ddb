// SPDX-License-Identifier: MIT
/* Model averaging: replicas step alone and now and then all take the mean of their weights.
 *
 *     row r, replica k: v_k <- mu v_k + (g_rk + decay w_k),  w_k <- w_k - rate_r v_k   at its own
 *                       w_k; nothing where size[r,k] = 0
 *     after every `every` rows, and after the last:
 *         mean = sum_k c_k w_k / sum_k c_k
 *         w_k <- mean for all k
 *
 * Network, samples and size (R,V) as in replicas.h; rate (R). Outputs loss (R,V: l_rk before the
 * step, 0 where there is none) and, with a leading axis of the T averagings, w1_after, b1_after,
 * ...
 *
 * Conventions: weighting = equal (default: c_k = 1, local SGD, PyTorch's PeriodicModelAverager) or
 *     samples (c_k = what replica k has seen since the last averaging, FedAvg).
 *   state = kept (default: v_k stays where it is, as averagers of parameters alone leave it),
 *     averaged (the same mean of all v_k) or reset (v_k <- 0, as a new optimizer in every round).
 *   outer = none (default), momentum (blockwise model update filtering, SlowMo) or nesterov
 *     (DiLoCo): with the last mean w, h = w - mean, u <- outer_momentum u + h, all replicas take
 *     w - outer_rate u, or w - outer_rate (outer_momentum u + h).
 *   Numbers: every (1), momentum (mu, 0), weight_decay (0), outer_rate, outer_momentum.
 * Source: document 000 Q46; McMahan et al. 2017, algorithm 1; Stich 2019; Chen and Huo 2016;
 *     Douillard et al. 2023.
 * Edge cases: every = 1, equal sizes and mu = 0: gradient averaging (data_parallelism.h). V = 1:
 *     serial, but for the outer step. Refused: an averaging by samples that nobody has seen.
 * Order of operations: c_k w_k (w_k alone where weighting is equal) in the tree of replicas.h, then
 *     one division by the sum of c; the rest as written.
 */
#pragma once

#include "replicas.h"

enum averaging_state { AVERAGING_KEPT, AVERAGING_AVERAGED, AVERAGING_RESET };
enum averaging_outer { OUTER_NONE, OUTER_MOMENTUM, OUTER_NESTEROV };

struct model_averaging {
    struct replicas r;
    struct replicas_rules rules;
    size_t every, T;
    int by_samples;
    enum averaging_state state;
    enum averaging_outer outer;
    real outer_rate, outer_momentum;
    const real *rate;
    int *seen; /* (V) since the last averaging */
};

/* Reads the request. */
void model_averaging_read(struct call *call, struct model_averaging *m);

/* Whether all average after row r, from 0. */
int model_averaging_due(const struct model_averaging *m, size_t r);

/* c_k. */
real model_averaging_weight(const struct model_averaging *m, size_t k);

/* The outer step: mean (P) becomes what all replicas take, base (P) the last such. */
void model_averaging_outer(const struct model_averaging *m, real *mean, real *base, real *u);

void model_averaging_answer(struct call *call);
