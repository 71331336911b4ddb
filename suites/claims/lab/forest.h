// SPDX-License-Identifier: MIT
/* forest.h - random forests (Breiman 2001): trees of bootstrap samples, each split the best by Gini
 * (the technique class_weighted_stump) of about sqrt(D) features that are drawn anew. */
#pragma once

#include "ask.h"
#include "samples.h"

enum { FOREST_FEATURES = 64, FOREST_CLASSES = 10 };

struct forest_plan {
    size_t trees, depth;        /* at most so many splits from root to leaf */
    const float *class_weight;  /* (classes), or NULL */
    uint64_t bootstrap, choice; /* streams; one for each tree from here on */
};

struct forest;

/* Grows all trees on `train`, of at most FOREST_FEATURES features and FOREST_CLASSES classes. */
struct forest *forest_grow(struct replica *r, const struct samples *train,
                           const struct forest_plan *plan);

/* share[c]: the sum over the trees of class c's share, by weight, among the training samples where
 * x ends within `depth` splits. */
void forest_shares(const struct forest *forest, const float *x, size_t depth,
                   double share[FOREST_CLASSES]);
