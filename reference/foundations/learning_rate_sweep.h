// SPDX-License-Identifier: MIT
/* Learning-rate sweep: the same network trained a few steps with each rate of a list.
 *
 *     for each rate r:  S times  p <- p - r dloss/dp  over all samples, from the same start
 *     start           = the loss before the first step
 *     loss[r,s]       = the loss after step s = 1 .. S
 *     outcome[r]      = 1 where loss[r,S] is above diverged start, -1 where it is above stalled
 *     start
 *                       (but not diverged), else 0
 *     best            = the index of the smallest loss[r,S], the first of equals
 *
 * The network, its loss and gradients: multilayer_perceptron.h, with the same inputs and
 * conventions. rate (R); numbers steps, diverged (1), stalled (0.95).
 *
 * Source: document 004 T33 (try a range of rates: too high explodes, too low does not move) and
 * T13. Edge cases: a rate of 0 stands still: stalled exactly at the start. Refused: no rate, a
 * negative
 *     rate, no step, stalled above diverged.
 * Order of operations: the network's own; then p - r g, product and difference rounded; the two
 *     products with start rounded. The comparisons are decisions.
 */
#pragma once

#include "multilayer_perceptron.h"

/* What is trained, and on what. */
struct sweep {
    struct perceptron net;
    struct perceptron_batch batch;
    const real *x, *targets, *rate;
    const int *labels;
    size_t N, block, R, S;
    real diverged, stalled;
};

struct sweep sweep_read(struct call *call);

/* The loss of the network as it is; fills all gradients. */
real sweep_gradient(struct call *call, struct sweep *sweep);

/* p <- p - rate g for all parameters. */
void sweep_step(struct sweep *sweep, real rate);

/* Outputs start, loss (R,S), outcome (R), best. */
void learning_rate_sweep_answer(struct call *call);
