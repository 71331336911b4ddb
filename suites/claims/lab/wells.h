// SPDX-License-Identifier: MIT
/* wells.h - functions of one variable with two minima, many of them side by side.
 *
 *     f(w) = (w^2 - 1)^2 - tilt w         minima near -1 and 1; the right one is deeper if tilt > 0
 *
 * Depths and widths differ by the tilt and by `pace`, the step for a gradient of 1: a well that is
 * b times as high and s times as wide is the same thing with the pace b / s^2.
 */
#pragma once

#include "replica.h"
#include "steps.h"

struct wells {
    size_t count;
    float *tilt, *pace;      /* (count) */
    float *w, *g;            /* (count) where they are; pace times gradient */
    float *bottom, *barrier; /* (count) of the left well: its place, and how much higher the top
                                between both is */
};

/* Tilts evenly in [0.2, 1.2), of sign `sign`; paces such that pace times 8, which is the curvature
 * at +-1 without tilt, is 0.02 to 0.2, evenly in the logarithm; w 0. Random numbers of `stream` and
 * stream + 1. */
struct wells wells_random(struct replica *r, uint64_t stream, size_t count, double sign);

/* g from w: pace (4 w (w^2 - 1) - tilt). */
void wells_gradient(struct wells *wells);

/* Lets all of them roll down without noise and momentum, with small steps. Returns the share that
 * is in the right well then. */
double wells_settle(struct wells *wells);
