// SPDX-License-Identifier: MIT
#include "batches.h"

#include <string.h>

enum { TRAIN = 400, VALIDATION = 400, EPOCHS = 40, STEPS = 400, SIZES = 4, FLIPS = 1 };

static const size_t sizes[SIZES] = {8, 32, 128, TRAIN};

/* C-24: accuracy on the test set with its right labels, by which small batches are ahead of the
 * whole set; C-28: gap between training set and a test set with as many wrong labels. Points. */
static void compare(struct replica *r, const struct split *split, size_t part, size_t epochs,
                    size_t steps)
{
    const bool is_gap = strcmp(r->claim->id, "C-28") == 0;
    double found[SIZES];
    for (size_t i = 0; i < SIZES; i++) {
        const struct batch_result result = batch_learns(r, split, sizes[i], epochs, steps);
        found[i] = 100 * (is_gap ? result.train - result.test : result.test);
        replica_point(r, part, i, found[i]);
    }
    replica_effect(r, part, is_gap ? found[SIZES - 1] - found[0] : found[0] - found[SIZES - 1]);
}

/* One label of five is wrong. */
void batch_generalization(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    struct samples wrong = samples_copy(r, &digits);
    samples_flip_labels(r, FLIPS, &wrong, 0.2);
    struct split split = samples_split(&wrong, TRAIN, VALIDATION);
    if (strcmp(r->claim->id, "C-24") == 0)
        split.test = samples_split(&digits, TRAIN, VALIDATION).test;
    compare(r, &split, 0, EPOCHS, 0);
    compare(r, &split, 1, STEPS, STEPS);
}
