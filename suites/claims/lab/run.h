// SPDX-License-Identifier: MIT
/* run.h - one replica of an experiment, from outside of the lab. */
#pragma once

#include "../claim.h"

struct dataset;

/* Runs replica `index` on this rank alone. effect (parts) and curve (arms, points) are written, NaN
 * where the experiment says nothing. Ends all ranks with a sentence if it cannot go on, or if an
 * effect is missing. `digits` is data/digits.h5. */
void lab_run(const struct claim *claim, size_t index, const struct dataset *digits, double *effect,
             double *curve);
