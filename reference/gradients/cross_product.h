// SPDX-License-Identifier: MIT
/* Cross product of three-vectors, and its two gradients, which are cross products again.
 *
 *     y  = a x b = (a2 b3 - a3 b2, a3 b1 - a1 b3, a1 b2 - a2 b1)
 *     da = b x dy,   db = dy x a
 *
 * N vectors; all arrays (N,3).
 *
 * Conventions: right-handed coordinates. The order of the gradients' factors is their sign: dy x b
 *     is -da.
 * Source: Petersen and Pedersen 2012, section 2 (from a . (b x c) = b . (c x a)).
 * Edge cases: parallel vectors (y = 0, the gradients are not). Other lengths than 3 are refused.
 * Order of operations: each component is the first product minus the second, both rounded.
 */
#pragma once

#include "../call.h"

/* y (N,3) = a x b. */
void cross_product_of(real *y, const real *a, const real *b, size_t N);

/* Inputs a, b, dy; outputs y, da, db. */
void cross_product_answer(struct call *call);
