// SPDX-License-Identifier: MIT
/* trial.h - a network that is tuned, trained and tested, each on samples of its own. */
#pragma once

#include "fit.h"

/* All three to mean 0 and variance 1 by the statistics of the training samples. */
void split_standardize(struct split *split);

/* What a network does with the rate that validation chose. */
struct trial {
    size_t best;                    /* place of the rate */
    double train, validation, test; /* accuracies; losses for regression */
};

/* Tunes the rate (fit_tune), leaves the network as the best run left it, and tests it. */
struct trial trial_run(struct network *net, const struct split *split, const struct fit_plan *how,
                       const double *rate, size_t rates);

/* The same with a network of its own. */
struct trial trial_of(struct replica *r, const struct network_plan *plan, const struct split *split,
                      const struct fit_plan *how, const double *rate, size_t rates);

/* A plan of `hidden` layers, whose widths are in the ratios `shape` (NULL: all alike), as wide as
 * `parameters` allow: the widest with at most so many weights and biases. Each layer has at least
 * one unit. ReLU, He. */
struct network_plan trial_plan(size_t inputs, size_t hidden, const double *shape, size_t outputs,
                               size_t parameters);
