// SPDX-License-Identifier: MIT
/* Product of rows, with a gradient that needs no division.
 *
 *     y[n]    = prod_c x[n,c]
 *     dx[n,c] = dy[n] prod_{j != c} x[n,j]
 *
 * N rows of C values; x, dx (N,C); y, dy (N).
 *
 * Conventions: the products of the others are made of what stands before and after an element, as
 *     PyTorch and JAX do; y / x, as older code does, is 0 / 0 or 0 where an element is 0, though
 *     with a single 0 that element's gradient is the product of all others.
 * Source: Griewank and Walther 2008, section 3.3 (Speelpenning's product).
 * Edge cases: one 0 in a row (one gradient is not 0), two (all are 0), C = 1 (dx = dy).
 * Order of operations: before and after[c] are chains of products from 1, in index order and
 * against
 *     it; y is the chain before the end; dy (before after).
 */
#pragma once

#include "../call.h"

struct row_product {
    size_t N, C;
    const real *x, *dy;
    real *y, *dx;
    real *before, *after; /* (C+1): of one row */
};

struct row_product row_product_read(struct call *call);

/* y and dx of row n; leaves before and after filled. */
void row_product_answer(const struct row_product *p, size_t n);

/* Inputs x, dy; outputs y, dx. */
void product_answer(struct call *call);
