// SPDX-License-Identifier: MIT
/* Straight-through estimator: a step forward, and nearly the identity backward.
 *
 *     y          = sign(x)                  (+1 where x >= 0, else -1)
 *     gradient_x = dy where |x| <= clip, else 0
 *
 * N rows of C values; all arrays (N,C).
 *
 * Conventions: clip (1): Hubara et al. let no gradient pass where |x| > 1; backward = clipped
 *     (default) or identity: it always passes (Bengio et al.). sign(0) = +1. The output is not
 *     called dx, because y's derivative is 0.
 * Source: Bengio, Leonard and Courville 2013, section 4; Hubara et al. 2016, section 1.3.
 * Edge cases: x = 0; |x| = clip (it passes). A clip of 0 or below is refused.
 * Order of operations: none; dy is passed or not.
 */
#pragma once

#include "../call.h"

struct straight {
    size_t n;
    int identity;
    real clip;
    const real *x, *dy;
    real *y, *gradient;
};

struct straight straight_read(struct call *call);

/* Inputs x, dy; outputs y, gradient_x. */
void straight_through_estimator_answer(struct call *call);
