// SPDX-License-Identifier: MIT
/* Addition with broadcasting, whose gradients are added up along what was repeated.
 *
 *     y[n,c]  = a[n,c] + b[n or 0, c or 0]
 *     da = dy,   db = dy added up over the axes along which b has size 1
 *
 * y, dy, a, da (N,C); b, db (N,C), (1,C), (N,1) or (1,1).
 *
 * Conventions: sizes of 1 are repeated (NumPy's rule); b keeps its two axes in its gradient.
 * Source: Harris et al. 2020 (broadcasting); reverse mode turns repetition into a sum.
 * Edge cases: N = 1 or C = 1 (nothing is repeated); b of one element.
 * Order of operations: db along samples in blocks; along columns a chain of additions; for both,
 *     each row's chain first.
 */
#pragma once

#include "../call.h"

struct broadcast {
    size_t N, C, rows, columns, block; /* rows, columns: of b */
    const real *a, *b, *dy;
    real *y, *da, *db, *row;
};

struct broadcast broadcast_read(struct call *call);
void broadcast_answer(const struct broadcast *s);

/* Inputs a, b, dy; outputs y, da, db. */
void broadcast_addition_answer(struct call *call);
