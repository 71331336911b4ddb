// SPDX-License-Identifier: MIT
/* dual_forks.h - derivatives forwards, by one weight after another, for twins of techniques whose
 * gradients go backwards. */
#pragma once

#include "../../reference/generative/named_network.h"

/* A value, and its derivative by the chosen weight. */
struct dual {
    real v, t;
};

enum { DUAL_WIDEST = 8 };

struct dual dual_sum(struct dual a, struct dual b);
struct dual dual_product(struct dual a, struct dual b);

/* Weights are counted w1, b1, w2, ...; a number that is no weight's chooses none. */
size_t dual_weights(const struct perceptron *net);
struct dual dual_weight(const struct perceptron *net, size_t l, int bias, size_t i, size_t chosen);

/* f(z), and *slope = f'(z). */
struct dual dual_activate(enum perceptron_activation f, struct dual z, struct dual *slope);

/* y from x, through a network with at most DUAL_WIDEST units in a layer; they may be the same. */
void dual_forward(const struct perceptron *net, size_t chosen, struct dual *y,
                  const struct dual *x);

/* Fills dw and db of `sums`, which it makes, by the derivative by each weight. */
void dual_gradient(struct call *call, const struct perceptron *net, struct perceptron_batch *sums,
                   real (*derivative)(const void *context, const struct perceptron *net,
                                      size_t chosen),
                   const void *context);
