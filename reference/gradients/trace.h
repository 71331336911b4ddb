// SPDX-License-Identifier: MIT
/* Trace of matrices, tall, wide or square, along a diagonal.
 *
 *     y[n]      = sum over all i of x[n,i,i+offset]
 *     dx[n,i,j] = dy[n] if j = i + offset, else 0
 *
 * N matrices of R rows and C columns; x, dx (N,R,C); y, dy (N).
 *
 * Conventions: offset (0): NumPy's and JAX's; above 0 to the right of the main diagonal, below 0
 * under
 *     it. PyTorch has offset 0 alone. The diagonal ends with the shorter side: of a tall matrix
 *     rows from C on have no gradient.
 * Source: Petersen and Pedersen 2012, eq. 99.
 * Edge cases: one row or one column. An offset that meets no element is refused.
 * Order of operations: a chain of additions along the diagonal from 0.
 */
#pragma once

#include "../call.h"

struct trace {
    size_t N, R, C, first_row, first_column, length;
    const real *x, *dy;
    real *y, *dx;
};

struct trace trace_read(struct call *call);

/* Inputs x, dy; outputs y, dx. */
void trace_answer(struct call *call);
