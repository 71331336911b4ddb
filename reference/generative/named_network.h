// SPDX-License-Identifier: MIT
/* named_network.h - several perceptrons in one case: the generator's weights are gw1, gb1, gw2,
 * ..., the critic's cw1, cb1, ...; the network itself is that of multilayer_perceptron.h: dense
 * layers, the convention `activation` (relu by default, tanh, sigmoid) between them, nothing at the
 * end.
 */
#pragma once

#include "../foundations/multilayer_perceptron.h"

/* Reads <prefix>w1, <prefix>b1, ...; the sizes are bound to the letters first, first + 1, ... */
void network_read(struct call *call, struct perceptron *net, const char *prefix, char first);

/* What enters and leaves a network. */
size_t network_inputs(const struct perceptron *net);
size_t network_outputs(const struct perceptron *net);

/* Forward of x (N, inputs) into a batch of its own, whose decisions are stated; returns the outputs
 * (N, outputs). */
const real *network_forward(struct call *call, const struct perceptron *net,
                            struct perceptron_batch *batch, const real *x, size_t N);

/* Backward from dy (N, outputs); dx (N, inputs) may be NULL. The sums are the batch's dw and db. */
void network_backward(const struct perceptron *net, struct perceptron_batch *batch, real *dx,
                      const real *dy, const real *x, size_t N, size_t block);

/* Outputs d<prefix>w1, d<prefix>b1, ...: the sums of `count` uses of the network, in their order.
 * */
void network_gradients(struct call *call, const struct perceptron *net, const char *prefix,
                       char first, size_t count, const struct perceptron_batch *uses);

/* The same by the names <start><prefix>w1, ...: what is no derivative must not be called one. */
void network_directions(struct call *call, const struct perceptron *net, const char *start,
                        const char *prefix, char first, size_t count,
                        const struct perceptron_batch *uses);
