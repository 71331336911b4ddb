// SPDX-License-Identifier: MIT
/* samples.h - the data of experiments: handwritten digits and planar problems. */
#pragma once

#include "replica.h"

struct samples {
    size_t count, features, classes; /* classes 0: regression */
    float *x;                        /* (count, features) */
    int *label;                      /* (count), or NULL */
    float *target;                   /* (count, outputs) of regression, or NULL */
    size_t outputs;
};

/* Samples first .. first + count - 1 of `all`; they share its memory. */
struct samples samples_part(const struct samples *all, size_t first, size_t count);

/* The first `train` samples, the next `validation`, and the rest; they share the memory of `all`. */
struct split {
    struct samples train, validation, test;
    double wrong; /* share of wrong labels in training and validation; the test has none */
};
struct split samples_split(const struct samples *all, size_t train, size_t validation);

/* A copy, to be changed. */
struct samples samples_copy(struct replica *r, const struct samples *from);

/* `count` samples without labels and targets, all zeros: for an experiment to fill. */
struct samples samples_new(struct replica *r, size_t count, size_t features, size_t classes,
                           size_t outputs);

/* The 1797 digits of 8 x 8 pixels in [0, 1] (data/digits.md) in an order of this replica: by its
 * permutation of stream 60000. So the first ones are a training set, others a test set. */
struct samples samples_digits(struct replica *r);

/* Planar problems, classes in turn, `noise` the standard deviation of normal noise in both
 * coordinates; random numbers of `stream` and stream + 1.
 *
 *     moons     two half circles of radius 1 that interlock (scikit-learn's make_moons)
 *     circles   radius 1 and radius `factor`, two classes
 *     spirals   two arms of `turns` turns, radius from 0 to 1
 *     blobs     `classes` normal clouds of standard deviation `noise` with centres on a circle of
 *               radius `distance`
 *     xor       x in [-1,1]^2; class 1 where the signs differ; noise is added afterwards
 */
struct samples samples_moons(struct replica *r, uint64_t stream, size_t count, double noise);
struct samples samples_circles(struct replica *r, uint64_t stream, size_t count, double factor,
                               double noise);
struct samples samples_spirals(struct replica *r, uint64_t stream, size_t count, double turns,
                               double noise);
struct samples samples_blobs(struct replica *r, uint64_t stream, size_t count, size_t classes,
                             double distance, double noise);
struct samples samples_xor(struct replica *r, uint64_t stream, size_t count, double noise);

/* Regression on 10 features, uniform in [0, 1), of which 5 matter (Friedman 1991), centred and
 * scaled: y = (10 sin(pi x1 x2) + 20 (x3 - 1/2)^2 + 10 x4 + 5 x5 + noise - 14.4) / 5, the noise
 * normal with standard deviation `noise`; random numbers of `stream` and stream + 1. */
struct samples samples_friedman(struct replica *r, uint64_t stream, size_t count, double noise);

/* Columns to mean 0 and variance 1 by the statistics of `train`, in it and in `others` (ended by
 * NULL); constant columns are only centred. */
void samples_standardize(struct samples *train, struct samples *const others[]);

/* Gives floor(share count + 1/2) of the samples, chosen by permutation, another label. */
void samples_flip_labels(struct replica *r, uint64_t stream, struct samples *samples, double share);
