// SPDX-License-Identifier: MIT
/* classical.h - methods that are older than deep learning, and perceptrons beside them; each with
 * the setting that is best on validation (of equal ones the first).
 *
 *     neighbours  the class that most of the k nearest training samples have; k of 1, 3, 5, 9, 15
 *     logistic    multinomial logistic regression; Adam with rates of 0.003, 0.01, 0.03, 0.1
 *     forest      25 trees of bootstrap samples, each split the best by Gini of about sqrt(D)
 *                 features that are drawn anew (class_weighted_stump); depth up to 2, 4 or 8
 *     network     `hidden` layers of 32 ReLU; Adam with rates of 0.001, 0.003, 0.01
 *
 * Logistic regression and networks: `steps` batches of 32, and the parameters of the epoch with the
 * least loss on validation.
 */
#pragma once

#include "../lab/ask.h"
#include "../lab/trial.h"

enum { CLASSICAL_CLASSES = 10 };

struct tried {
    double validation, test; /* accuracies */
};

struct tried classical_neighbours(struct replica *r, const struct split *split);
struct tried classical_logistic(struct replica *r, const struct split *split, size_t steps);
struct tried classical_forest(struct replica *r, const struct split *split);
struct tried classical_network(struct replica *r, const struct split *split, size_t hidden,
                               size_t steps);

/* The better one on validation; of equals the first. */
struct tried classical_better(struct tried one, struct tried other);
