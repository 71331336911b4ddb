// SPDX-License-Identifier: MIT
#include "split.h"

enum {
    DIGITS_TRAIN = 1000,
    DIGITS_VALIDATION = 300,
    MOONS_VALIDATION = 300,
    MOONS_TEST = 1000,
    SPLIT_STREAM = 63000,
};

/* The test set keeps its labels. */
static void spoil(struct replica *r, struct split *split, double wrong)
{
    split->wrong = wrong;
    samples_flip_labels(r, SPLIT_STREAM, &split->train, wrong);
    samples_flip_labels(r, SPLIT_STREAM + 1, &split->validation, wrong);
}

struct split split_digits(struct replica *r, size_t train, double wrong)
{
    const size_t seen = DIGITS_TRAIN + DIGITS_VALIDATION;
    if (train > DIGITS_TRAIN)
        replica_fail(r, "%zu digits are too many to learn from: at most %d", train, DIGITS_TRAIN);
    const struct samples all = samples_digits(r);
    struct split split = {.train = samples_part(&all, 0, train),
                          .validation = samples_part(&all, DIGITS_TRAIN, DIGITS_VALIDATION),
                          .test = samples_part(&all, seen, all.count - seen)};
    spoil(r, &split, wrong);
    return split;
}

struct split split_moons(struct replica *r, size_t train, double noise, double wrong)
{
    struct split split = {.train = samples_moons(r, SPLIT_STREAM + 2, train, noise),
                          .validation = samples_moons(r, SPLIT_STREAM + 4, MOONS_VALIDATION, noise),
                          .test = samples_moons(r, SPLIT_STREAM + 6, MOONS_TEST, noise)};
    spoil(r, &split, wrong);
    return split;
}

double split_gap(struct network *net, const struct split *split)
{
    const double right = network_accuracy(net, &split->test), w = split->wrong;
    const double others = (double)(split->test.classes - 1);
    return network_accuracy(net, &split->train) - (right * (1 - w) + (1 - right) * w / others);
}
