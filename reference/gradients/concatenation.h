// SPDX-License-Identifier: MIT
/* Concatenation of three parts along columns, some of which want no gradient.
 *
 *     y[n]  = x1[n], x2[n], x3[n]           one after another
 *     dx1, dx2, dx3 = the columns of dy at each part's own offset
 *
 * N rows; x1 (N,A), x2 (N,B), x3 (N,C); y, dy (N,A+B+C).
 *
 * Conventions: without = none (default), first, second, third: that part wants no gradient, and its
 *     output is not there; the others' offsets stay.
 * Source: Goodfellow, Bengio and Courville 2016, section 6.5.
 * Edge cases: parts of one column, parts of different widths, a part that wants nothing between two
 *     that do.
 * Order of operations: none; values are moved, not computed.
 */
#pragma once

#include "../call.h"

struct joined {
    size_t N, width[3], offset[3], total;
    int without; /* 0: none, k + 1: part k */
    const real *x[3], *dy;
    real *y, *dx[3]; /* dx NULL where there is no gradient */
};

struct joined joined_read(struct call *call);

/* Inputs x1, x2, x3, dy; outputs y, dx1, dx2, dx3 but for one. */
void concatenation_answer(struct call *call);
