// SPDX-License-Identifier: MIT
/* Cumulative product of rows, with a gradient that needs no division.
 *
 *     y[n,c]  = prod_{j <= c} x[n,j]
 *     dx[n,k] = sum_{c >= k} dy[n,c] prod_{j <= c, j != k} x[n,j]
 *
 * N rows of C values; all arrays (N,C).
 *
 * Conventions: exclusive = no (default: NumPy, PyTorch, JAX) or yes: y[c] is the product of those
 *     before c, y[0] = 1 (TensorFlow's option). reverse = no (default) or yes: from the last
 *     element on (TensorFlow's and JAX's option). The quotient of a reversed cumulative sum of dy y
 *     by x is not used: it is 0 / 0 where an element is 0.
 * Source: Griewank and Walther 2008, section 3.3; TensorFlow, tf.math.cumprod.
 * Edge cases: one or more zeros in a row; C = 1.
 * Order of operations: in the direction of the convention, products from 1 one factor at a time;
 *     dx[k] is one fused chain over c from 0 of dy[c] times the product without k.
 */
#pragma once

#include "../call.h"

struct running_product {
    size_t N, C;
    int exclusive, reverse;
    const real *x, *dy;
    real *y, *dx;
    real *factor, *upstream, *without; /* (C) of one row, in the direction of the convention */
};

struct running_product running_product_read(struct call *call);

/* Fills factor, and upstream of the inclusive product, from row n. */
void running_product_turn(const struct running_product *p, size_t n);

/* Where element c of the direction stands in row n. */
size_t running_product_place(const struct running_product *p, size_t n, size_t c);

void running_product_answer(const struct running_product *p, size_t n);

/* Inputs x, dy; outputs y, dx. */
void cumulative_product_answer(struct call *call);
