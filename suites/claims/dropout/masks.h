// SPDX-License-Identifier: MIT
/* masks.h - units under many masks, asked of the engine's dropout. Used by D-07 and D-08. */
#pragma once

#include "../lab/ask.h"

enum { MASKS_UNITS = 16 };

struct masked {
    double before, training, inference; /* sums over units: before dropout, of the mean over masks
                                           in training, and of the output at inference */
    const float *y;                     /* in training (masks, units) */
};

/* Units above 0 (MASKS_UNITS) of this replica. */
float *masks_units(struct replica *r);

/* The units under `masks` masks of dropout at rate p, with the convention `scaling`
 * (reference/regularization/dropout.h). */
struct masked masks_drop(struct replica *r, const float *unit, double p, size_t masks,
                         const char *scaling, uint64_t stream);

/* How near a sum comes to the mean in training: 1 where they are equal. */
double masks_agreement(const struct masked *masked, double sum);
