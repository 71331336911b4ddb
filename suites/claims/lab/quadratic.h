// SPDX-License-Identifier: MIT
/* quadratic.h - f(w) = sum_i c_i w_i^2 / 2: what optimizers are compared on first.
 *
 * The axes are those of the curvatures, which gradient descent and momentum do not notice;
 * optimizers that divide each coordinate by something do.
 */
#pragma once

#include "replica.h"
#include "steps.h"

struct quadratic {
    size_t count;
    float *curvature, *start; /* (count) */
    float *w, *gradient;      /* (count) of the run that goes on */
};

/* Curvatures from 1 down to 1 / condition, both among them, the others spread evenly in their
 * logarithms at random; a standard normal start. Random numbers of `stream` and stream + 1. */
struct quadratic quadratic_random(struct replica *r, uint64_t stream, size_t count,
                                  double condition);

struct quadratic_run {
    size_t steps; /* taken */
    bool has_arrived, has_diverged;
};

/* From the start until f is at most `share` of what it was (arrived), above a million times of it
 * (diverged), or `limit` steps were taken. The optimizer should be as new. */
struct quadratic_run quadratic_descend(struct quadratic *quadratic, struct steps *steps,
                                       double rate, double share, size_t limit);
