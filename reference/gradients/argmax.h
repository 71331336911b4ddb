// SPDX-License-Identifier: MIT
/* Where the largest or smallest element stands, its value, and the gradient of that value.
 *
 *     index[n] = argmax over c of x[n,c],   y[n] = x[n,index[n]]
 *     dx[n,c]  = dy[n] where c = index[n],  else 0
 *
 * N rows of C values; x, dx (N,C); index, y, dy (N). Along the samples: the same for each column,
 * and index, y, dy (C).
 *
 * Conventions: extremum = largest (default) or smallest (argmin). axis = features (default: as
 *     above) or samples. ties = first (default: NumPy, JAX, ONNX; PyTorch and TensorFlow
 *     promise none) or last (ONNX select_last_index = 1, and code that compares with >=). The
 *     gradient follows the index (PyTorch's max with an index); PyTorch's amax and JAX's max share
 *     it among ties. The index itself has no gradient.
 * Source: ONNX, ArgMax (select_last_index).
 * Edge cases: ties, in one block and across blocks; one element; all equal.
 * Order of operations: none; values are compared and moved.
 */
#pragma once

#include "../call.h"

struct extreme {
    size_t N, C;
    int smallest, samples, last;
    const real *x, *dy;
    real *index, *y, *dx;
};

struct extreme extreme_read(struct call *call);

/* How many values one index is chosen from, how many indices there are, and where value k of index
 * number i stands in x. */
size_t extreme_length(const struct extreme *e);
size_t extreme_count(const struct extreme *e);
size_t extreme_place(const struct extreme *e, size_t i, size_t k);

/* Fills index, y and dx. */
void extreme_answer(const struct extreme *e);

/* Inputs x, dy; outputs index, y, dx. */
void argmax_answer(struct call *call);
