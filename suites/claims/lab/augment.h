// SPDX-License-Identifier: MIT
/* augment.h - training samples that are changed at random before every epoch, by the engine's own
 * augmentations (reference/augmentation).
 *
 *     const struct augmentation change = {.from = &train, .degrees = 10, .shift = 1};
 *     const struct fit_plan how = {..., .alter = augment, .context = &change};
 */
#pragma once

#include "fit.h"

struct augmentation {
    const struct samples *from; /* as they are; images are square, of one channel */
    double degrees;             /* images are turned by up to so many, uniform */
    size_t shift;               /* and moved by up to so many pixels along both axes, uniform */
    bool flips;                 /* and mirrored, each way with probability 1/2 */
    double noise;               /* normal noise of this standard deviation is added */
};

/* For fit_plan.alter, with an augmentation as fit_plan.context. Random numbers by epoch. */
void augment(struct fit *fit, struct samples *samples);
