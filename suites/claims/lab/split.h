// SPDX-License-Identifier: MIT
/* split.h - data in three parts: what is learnt from, what choices look at, and what no choice has
 * seen. */
#pragma once

#include "network.h"

/* Digits: the first `train` (at most 1000) of the replica's order, 300 for validation, the last 497
 * as test. So splits of different sizes have the same validation and test, and larger training sets
 * contain smaller ones. A share `wrong` of the labels of training and validation is changed, for
 * each size of the training set anew: so of labels this is true only where all are right. */
struct split split_digits(struct replica *r, size_t train, double wrong);

/* Moons of that noise: `train` (as for digits, larger sets contain smaller ones), 300, and 1000. */
struct split split_moons(struct replica *r, size_t train, double noise, double wrong);

/* The generalisation gap: accuracy on the training set less that on new samples with as many wrong
 * labels (which follows from the test accuracy: those who are right agree with the labels that are
 * not wrong, and those who err with their share of the wrong ones). */
double split_gap(struct network *net, const struct split *split);
