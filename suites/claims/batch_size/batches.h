// SPDX-License-Identifier: MIT
/* batches.h - what the experiments on batch sizes share: a small network for digits, and each batch
 * size with the rate that suits it. */
#pragma once

#include "../lab/fit.h"

enum { BATCH_HIDDEN = 32, BATCH_RATES = 8, BATCH_ROWS = 1000 };

/* The grid, in half decades: 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3. */
extern const double batch_rates[BATCH_RATES];

/* 64-32-10 with ReLU and He's normal weights, for BATCH_ROWS rows at a time. */
struct network *batch_network(struct replica *r);

/* What a network learned from split->train with batches of one size, by plain gradient descent at
 * the rate of the grid that gave the best validation accuracy. */
struct batch_result {
    double rate, train; /* accuracy on its own training set */
    double test;        /* accuracy on split->test */
};
struct batch_result batch_learns(struct replica *r, const struct split *split, size_t batch,
                                 size_t epochs, size_t steps);
