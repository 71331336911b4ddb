// SPDX-License-Identifier: MIT
/* history.h - long training runs, watched after every epoch, and where early stopping would have
 * ended them. Used by D-13, D-14 and D-15.
 *
 * D-64-64-K with ReLU, Adam at 0.003, batch 32, 300 epochs.
 */
#pragma once

#include "../lab/split.h"

enum { HISTORY_EPOCHS = 300 };

enum history_set {
    HISTORY_MOONS,        /* 100 moons with noise 0.3 */
    HISTORY_DIGITS,       /* 200 digits */
    HISTORY_WRONG_DIGITS, /* 200 digits, a fifth of their labels wrong */
    HISTORY_SETS,
};

/* After each epoch (HISTORY_EPOCHS). */
struct history {
    float *train_loss; /* while training */
    float *validation_loss, *test_loss, *test_accuracy;
    float *spoiled_loss; /* of the test with as many wrong labels as validation has */
};

struct history history_run(struct replica *r, enum history_set set);

/* Early stopping on the validation loss, as reference/regularization/early_stopping.h defines it:
 * epochs from 0, and the test's figures of the best epoch. */
struct history_stop {
    size_t last_epoch;
    double test_loss, test_accuracy, spoiled_loss;
};

struct history_stop history_stop(struct replica *r, const struct history *history, size_t patience);
