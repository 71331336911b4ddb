// SPDX-License-Identifier: MIT
/* Orthogonal initialisation, from stored random deviates.
 *
 *     A = Q R,   w = gain Q D,   D = diag(sign R_kk)
 *
 * The deviate u has the shape of w: (I,O), or (H,W,I,O) flattened to (H W I, O). A (m,n) is u, or
 * its transpose when u has more columns than rows (w is transposed back). Q (m,n) has orthonormal
 * columns; R is upper triangular. D makes Q the one with a positive diagonal of R, which does not
 * depend on the algorithm; without D the distribution is not uniform over orthogonal matrices.
 *
 * Conventions: sign = fixed (default: PyTorch, Keras), or raw: D = 1 and Q as Householder
 *     reflections give it, R_kk having the sign opposite to the head of its column (LAPACK).
 *     Number gain (1). Deviates are inputs because a random stream belongs to a library.
 * Source: Saxe, McClelland and Ganguli 2014, section 3; Mezzadri 2007, section 5, for D.
 * Edge cases: a deviate of deficient rank (a column of zeros left) is refused, and so are an empty
 *     one and a gain that is not above 0. One column is the deviate over its norm.
 * Order of operations: Householder's k-th step, k = 0 .. n-1: norm = sqrt of the sum of squares of
 *     rows k .. m-1, v = that column with norm added to its head away from 0, vv = the sum of
 *     squares of v, R_kk = -+ norm. Each later column a: dot = sum v a, factor = 2 dot / vv,
 *     a[i] = a[i] - factor v[i]. Then Q starts as the first n columns of the unit matrix, and the
 *     reflections k = n-1 .. 0 are applied to rows k .. m-1 of its columns in the same way. All
 *     sums along features in row order. w = gain (+-Q).
 */
#pragma once

#include "../call.h"

/* q (m,n) of a (m,n), m >= n, destroying a; sign (n) of R_kk. Returns 0 when the rank is deficient.
 * head (n) receives the heads of the columns, whose signs decide that of R. scratch (m). */
int householder_factor(real *q, real *sign, real *head, real *a, real *scratch, size_t m, size_t n);

/* Input deviate (I,O) or (H,W,I,O); output w in its shape. */
void orthogonal_answer(struct call *call);
