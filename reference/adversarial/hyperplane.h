// SPDX-License-Identifier: MIT
/* The shortest way to a hyperplane: of all r with v r = m, the one whose norm is smallest.
 *
 *     l2:         |r| = |m| / |v|_2,     r = (m / |v|_2^2) v
 *     l_infinity: |r| = |m| / |v|_1,     r = (m / |v|_1) sign(v),  sign(0) = 0
 *     l1:         |r| = |m| / |v|_inf,   r = m / v[j] at the first j (or the last) of the largest
 *                                        |v[j]|, 0 elsewhere
 *
 * v (D), m a number; the divisor is the dual norm. Linear models use it with a weight vector,
 * DeepFool with a gradient.
 * Source: Hoelder's inequality; Moosavi-Dezfooli, Fawzi and Frossard 2016, section 2 and table 1;
 *     Croce and Hein 2020.
 * Edge cases: v = 0 reaches nothing: the distance is 1 / 0, which callers refuse or leave out.
 * Order of operations: chains over features; l2: the square of v as a chain, r = (m / square) v;
 *     l1: m times the sign of v[j], divided by |v[j]|.
 */
#pragma once

#include "../call.h"

enum hyperplane_norm { HYPERPLANE_L2, HYPERPLANE_L_INFINITY, HYPERPLANE_L1 };

/* The convention `norm` = l2 (default), l_infinity or l1. */
enum hyperplane_norm hyperplane_norm(struct call *call);

/* The dual norm of v (D); for l2 its square too. last: of equal |v[j]| the last. r (D) is scratch.
 */
struct hyperplane {
    real dual, square;
    size_t largest;
};
struct hyperplane hyperplane_measure(real *r, const real *v, enum hyperplane_norm norm, int last,
                                     size_t D);

/* r (D) for v r = m. */
void hyperplane_reach(real *r, real m, const real *v, const struct hyperplane *plane,
                      enum hyperplane_norm norm, size_t D);

/* The norm of change (D), which may hold its magnitudes afterwards. */
real hyperplane_length(real *change, enum hyperplane_norm norm, size_t D);
