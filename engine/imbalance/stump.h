// SPDX-License-Identifier: MIT
/* stump.h - one split on weighted samples; definition in
 * reference/imbalance/class_weighted_stump.h.
 */
#pragma once

#include "../techniques.h"

struct stump_data {
    size_t N, D, C, min_leaf;
    const scalar *x;  /* (N,D), whole */
    const int *label; /* (N), whole */
    bool entropy, by_value, last_wins;
    size_t *order; /* (D,N): the samples by each feature */
};

struct stump {
    size_t feature, left_label, right_label;
    scalar threshold, gain;
    scalar *left, *right; /* (C) masses */
};

/* Reads x, label, classes and conventions, and sorts. */
struct stump_data stump_read(struct question *q);

/* Whole weights (N) from class_weight and sample_weight. */
const scalar *stump_weights(struct question *q, const struct stump_data *is);

/* The best split under weights w (N), gain (D). The features are shared out among the ranks, and
 * gains and thresholds, each known to one rank, cross the network. Collective. */
struct stump stump_grow(struct question *q, const struct stump_data *is, const scalar *w,
                        scalar *gain);
