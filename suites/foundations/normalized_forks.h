// SPDX-License-Identifier: MIT
/* normalized_forks.h - the gradients of a batch through normalised layers, written a second time:
 * right, with the derivative of every normalised value by every input; or wrong. */
#pragma once

#include "../../reference/foundations/mini_batch_training.h"

enum normalized_mistake {
    NORMALIZED_RIGHT,
    NORMALIZED_BY_UNBIASED,
    NORMALIZED_BY_SHARDS,
    NORMALIZED_CONSTANTS,
    NORMALIZED_CONSTANT_VARIANCE,
    NORMALIZED_EPSILON_OUTSIDE,
    NORMALIZED_MOMENTUM_OLD,
    NORMALIZED_BY_RUNNING,
    NORMALIZED_EPSILON_KEPT
};

/* training_gradient, of a batch that training_gather has made. */
real normalized_gradient(struct call *call, struct training *t, size_t n,
                         enum normalized_mistake mistake);
