// SPDX-License-Identifier: MIT
/* Sorting rows, all of them or the top k, with a gradient that finds its way back.
 *
 *     index[n,k] = where the value of rank k stands in row n
 *     y[n,k]     = x[n,index[n,k]]
 *     dx[n,c]    = dy[n,k] where index[n,k] = c, and 0 where c is not among the first k
 *
 * N rows of C values, the first K of them wanted; x, dx (N,C), y, dy and index (N,K).
 *
 * Conventions: order = descending (default: top-k) or ascending. Ties go by index, the smaller
 * first,
 *     in both orders (a stable sort: NumPy kind="stable", PyTorch stable=True, JAX); unstable sorts
 *     and PyTorch's topk promise nothing. The gradient is the permutation's inverse: a scatter, not
 *     a gather.
 * Source: Knuth 1998, section 5 (stability).
 * Edge cases: ties, K = C (a sort), K = 1 (a maximum). K > C is refused.
 * Order of operations: none; values are moved, not computed.
 */
#pragma once

#include "../call.h"

struct sorting {
    size_t N, C, K;
    int ascending;
    const real *x, *dy;
    real *y, *dx, *index;
};

struct sorting sorting_read(struct call *call);

/* Whether element a of a row comes before element b. */
int sorting_before(const struct sorting *s, const real *x, size_t a, size_t b);

/* Fills index, y and dx. */
void sorting_answer(const struct sorting *s);

/* Inputs x, dy; outputs y, index, dx. */
void sort_answer(struct call *call);
