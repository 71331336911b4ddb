// SPDX-License-Identifier: MIT
/* Gradient monitor: the norm of each layer's gradient, logged at every step of training.
 *
 *     for s = 1 .. S:
 *         loss[s], and all gradients, of the network as it is, over all samples
 *         norm[s,l] = |dw_l|  (weights), or sqrt(|dw_l|^2 + |db_l|^2)  (layer)
 *         flag[s,l] = 1 where norm is above exploded, -1 where it is below vanished, else 0
 *         p <- p - rate dloss/dp  for all parameters
 *
 * The network, its loss and gradients: multilayer_perceptron.h, with the same inputs and
 * conventions; L layers. Numbers steps, rate, exploded (1000), vanished (2^-20).
 *
 * Conventions: of = weights (default) or layer (with the biases).
 * Source: document 004 T33 (watch whether gradients vanish or explode), T7 and T8.
 * Edge cases: a rate of 0 logs the same norms again. Norms are those before the step, of the mean
 *     loss. Refused: no step, a negative rate, vanished above exploded.
 * Order of operations: as in gradient_norms.h and learning_rate_sweep.h. The comparisons with
 *     exploded and vanished are decisions.
 */
#pragma once

#include "learning_rate_sweep.h"

struct monitor {
    struct sweep train; /* its network, batch and samples; neither rates nor limits */
    size_t S, L;
    real rate, exploded, vanished;
    int with_biases;
};

struct monitor monitor_read(struct call *call);

/* Outputs loss (S), norm (S,L), flag (S,L). */
void gradient_monitor_answer(struct call *call);
