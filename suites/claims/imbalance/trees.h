// SPDX-License-Identifier: MIT
/* trees.h - ensembles of decision trees: random forests and boosted stumps. */
#pragma once

#include "rare.h"

/* Scores of the test set (test.count), and of validation (validation.count) into `before`, above 0
 * for class 1; class_weight (2) or NULL. Each is tuned by the area under the ROC curve on
 * validation, of nine settings as networks are.
 *
 *     forest    100 trees of bootstrap samples, each split the best of about sqrt(D) features that
 *               are drawn anew (class_weighted_stump: Gini); depth up to 1 ... 12; the mean share
 *               of class 1 in the leaves, less 1/2
 *     boosting  boosted_stumps (SAMME): after 10 ... 800 rounds; the sum of alpha that says
 *               class 1 less that which says class 0 */
float *trees_forest(const struct rare *is, const float *class_weight, float *before);
float *trees_boosting(const struct rare *is, const float *class_weight, float *before);
