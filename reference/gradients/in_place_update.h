// SPDX-License-Identifier: MIT
/* A value that a backward pass needs, and that a later step overwrites in place.
 *
 *     h = f(x);   h is then overwritten: y = factor h + shift
 *     dx = dy factor f'(x),  f' from the value that was saved before
 *
 * N rows of C values; all arrays (N,C). tanh saves its output: f' = 1 - h^2; square its input: f' =
 * 2 x.
 *
 * Conventions: function = tanh (default) or square. A framework either refuses the update
 * (PyTorch's
 *     version counter) or keeps the old value (JAX, MLX); both give this gradient or none, never
 *     that of the new value.
 * Source: Griewank and Walther 2008, section 4.1 (values that are overwritten).
 * Edge cases: factor 1 and shift 0 hide the mistake; factor 0.
 * Order of operations: factor h + shift; (dy factor) times 1 - h h, or 2 x.
 */
#pragma once

#include "../call.h"

struct in_place {
    size_t n;
    int square;
    real factor, shift;
    const real *x, *dy;
    real *y, *dx, *h;
};

struct in_place in_place_read(struct call *call);

/* Fills h and y. */
void in_place_forward(const struct in_place *p);

/* Inputs x, dy; outputs y, dx. */
void in_place_update_answer(struct call *call);
