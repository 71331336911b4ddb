// SPDX-License-Identifier: MIT
/* Parameter server: it holds the weights; workers pull them, and push gradients that may be stale.
 *
 *     in row r worker k pushes g_rk of its samples at the weights that the server had delay[r,k]
 *     updates ago (0: the present ones); tau = delay[r,k]
 *     h_rk = c(tau) (g_rk + lambda g_rk g_rk (w - w_old)), elementwise, w the present weights
 *     together:    update r takes G = sum_k n_rk h_rk / sum_k n_rk, or sum_k h_rk / V
 *     one_by_one:  update u = r V + k takes G = h_rk
 *     v <- mu v + (G + decay w),   w <- w - rate_u v
 *
 * Network, samples and size (R,V) as in replicas.h, no micro-batch empty; delay (R,V), at most the
 * number of updates there have been; rate (U), U = R or R V. Outputs loss (R,V: l_rk at the weights
 * that were pulled) and w1_after, b1_after, ... (U,...).
 *
 * Conventions: application = together (default: the server waits for all, synchronous when no delay
 *     is above 0, else stale synchronous) or one_by_one (asynchronous; Hogwild with locks).
 *   average (of together) = samples (default) or workers.
 *   staleness = ignored (default, c = 1), divided (c = 1 / max(tau, 1), Zhang et al.),
 *     divided_from_one (c = 1 / (1 + tau)) or power (c = staleness_decay^tau).
 *   Numbers: momentum (mu, 0), weight_decay (0, by the server), compensation (lambda, 0: delay
 *     compensation of Zheng et al.), staleness_decay, limit (a push with tau above it is dropped,
 *     as backup workers and SyncReplicasOptimizer do; not stated: none is). Dropped pushes count
 *     neither in the sum nor in what it is divided by; an update without any changes nothing.
 * Source: document 000 Q46; Dean et al. 2012; Ho et al. 2013; Zhang et al. 2016, eq. 5 and 6;
 *     Zheng et al. 2017, eq. 10.
 * Edge cases: no delay and together: data_parallelism.h. Refused: a delay from before the start, an
 *     empty micro-batch, a negative limit, a staleness_decay outside of (0, 1].
 * Order of operations: c^tau by tau multiplications from 1; g + ((lambda g) g) (w - w_old), then
 *     times c; n_rk h_rk (or h_rk) in the tree of replicas.h, one division; the rest as written.
 */
#pragma once

#include "replicas.h"

enum server_staleness { STALENESS_IGNORED, STALENESS_DIVIDED, STALENESS_FROM_ONE, STALENESS_POWER };

struct parameter_server {
    struct replicas r;
    struct replicas_rules rules;
    int one_by_one, by_workers;
    enum server_staleness staleness;
    size_t U, limit;
    real compensation, staleness_decay;
    const int *delay;
    const real *rate;
};

/* Reads the request. */
void parameter_server_read(struct call *call, struct parameter_server *s);

/* c(tau). */
real parameter_server_factor(const struct parameter_server *s, size_t tau);

void parameter_server_answer(struct call *call);
