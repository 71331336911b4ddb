// SPDX-License-Identifier: MIT
#include "batches.h"

enum { SIZES = 3, SMALL = 8, EPOCHS = 100, VALIDATION = 400, FLIPS = 1 };

static const size_t sizes[SIZES] = {50, 200, 600}; /* of the training set */

/* Test accuracy (%). */
static double learns(struct replica *r, const struct split *split, size_t batch)
{
    return 100 * batch_learns(r, split, batch, EPOCHS, 0).test;
}

/* Points of test accuracy by which batches of SMALL are ahead of the whole set. */
static double leads(struct replica *r, const struct samples *wrong, const struct samples *test,
                    size_t i)
{
    const struct split split = {.train = samples_part(wrong, 0, sizes[i]),
                                .validation = samples_part(wrong, sizes[SIZES - 1], VALIDATION),
                                .test = *test};
    const double small = learns(r, &split, SMALL);
    const double whole = learns(r, &split, sizes[i]);
    replica_point(r, 0, i, small);
    replica_point(r, 1, i, whole);
    return small - whole;
}

/* One label of five is wrong, but not in the test set. */
void small_data(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples test = samples_split(&digits, sizes[SIZES - 1], VALIDATION).test;
    struct samples wrong = samples_copy(r, &digits);
    samples_flip_labels(r, FLIPS, &wrong, 0.2);
    const double few = leads(r, &wrong, &test, 0);
    leads(r, &wrong, &test, 1);
    const double many = leads(r, &wrong, &test, 2);
    replica_effect(r, 0, few);
    replica_effect(r, 1, few - many);
}
