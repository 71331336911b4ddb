// SPDX-License-Identifier: MIT
/* Guarded division: a quotient with a value of its own where the divisor is (nearly) 0.
 *
 *     y  = a / b where |b| > guard, else fill
 *     da = dy / b,   db = -dy y / b   where |b| > guard, else 0
 *
 * N rows of C values; a, b, y and their gradients (N,C).
 *
 * Conventions: guard (0), fill (0): TensorFlow's divide_no_nan and PyTorch code with where().
 * Written
 *     where(b != 0, a / b, 0) alone the gradient is NaN, since 0 times the infinite slope of the
 *     branch not taken is added; the divisor must be replaced first ("double where"), which gives
 *     the zeros above.
 * Source: TensorFlow, tf.math.divide_no_nan; document 004 T8 (NaN).
 * Edge cases: b = 0, a = b = 0, |b| = guard (guarded). A negative guard is refused.
 * Order of operations: y = a / b; da = dy / b; db = -(da y).
 */
#pragma once

#include "../call.h"

struct quotient {
    size_t n;
    real guard, fill;
    const real *a, *b, *dy;
    real *y, *da, *db;
};

struct quotient quotient_read(struct call *call);
void quotient_answer(const struct quotient *d);

/* Inputs a, b, dy; outputs y, da, db. */
void guarded_division_answer(struct call *call);
