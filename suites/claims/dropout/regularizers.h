// SPDX-License-Identifier: MIT
/* regularizers.h - one network under any regulariser, each tuned alike. Used by D-12 and D-18.
 *
 * D-64-64-K with ReLU, Adam, batch 32, 600 steps. Rate 0.0003, 0.001, 0.003 or 0.01 and one of three strengths,
 * whichever gives the best validation accuracy (of equal ones the first):
 *
 *     dropout         of both hidden layers: 0.2, 0.5, 0.7
 *     L2              c w^2 / 2, c = 0.001, 0.01, 0.1
 *     L1              c |w|, c = 0.0001, 0.001, 0.01
 *     early stopping  patience 3, 10 or 30 epochs on the validation loss; the best parameters
 *     augmentation    images: turned by up to 5, 10 or 20 degrees; points: normal noise of 0.1,
 *                     0.2 or 0.4
 */
#pragma once

#include "../lab/split.h"

enum regularizer {
    REGULARIZER_NONE,
    REGULARIZER_DROPOUT,
    REGULARIZER_L2,
    REGULARIZER_L1,
    REGULARIZER_STOPPING,
    REGULARIZER_AUGMENTATION,
    REGULARIZERS,
};

struct outcome {
    double validation, test; /* accuracies */
};

struct outcome regularizer_fit(struct replica *r, const struct split *split,
                               enum regularizer regularizer);
