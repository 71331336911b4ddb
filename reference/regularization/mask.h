// SPDX-License-Identifier: MIT
/* mask.h - which units survive: what the dropouts share.
 *
 *     kept[i] = mask[i]                           if the case gives a mask of 0 and 1
 *             = u[i] >= rate,  or  u[i] < keep    if it gives uniform numbers u in [0, 1)
 *
 * Number p; convention argument = rate (default: p is the probability to drop, PyTorch, Keras) or
 * keep (p is the probability to survive, TensorFlow 1). Then rate = p, keep = 1 - p, or the
 * reverse. Convention threshold = at_least_rate (default: Keras, `u >= rate`) or below_keep (a
 * Bernoulli number of probability keep, `u < keep`). Both drop with probability rate, but not the
 * same units. At a tie, u = rate is kept and u = keep is dropped. A p outside [0, 1], a u outside
 * [0, 1) and a mask of anything but 0 and 1 are refused.
 */
#pragma once

#include "../call.h"

struct survival {
    real rate, keep;
};

/* From number p and convention argument. */
struct survival survival_read(struct call *call);

/* kept, with the letters of `shape`: 0 or 1. Decisions: u - rate, or keep - u. */
const int *mask_read(struct call *call, struct survival survival, const char *shape);
