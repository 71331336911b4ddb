// SPDX-License-Identifier: MIT
/* Gathering elements by index and scattering them back, each the other's gradient.
 *
 *     gather:   y[n,c] = x[index[n,c],c],    dx[v,c] = sum over n with index[n,c] = v of dy[n,c]
 *     scatter:  y[v,c] = start[v,c] joined by all x[n,c] with index[n,c] = v,
 *               dx[n,c] = dy[v,c] / share[v,c] if n counts in v = index[n,c], else 0
 *
 * N elements and V places in each of C columns. gather: x, dx (V,C), index, y, dy (N,C). scatter:
 * x, index, dx (N,C), start, dstart, y, dy (V,C).
 *
 * Conventions: operation = gather (default) or one of four ways to join:
 *     add:     start + sum; every n counts, share 1 (PyTorch scatter_add, JAX .at[].add,
 *              TensorFlow's scatter_nd). Duplicates add up; NumPy's a[i] += b keeps one of them.
 *     set:     the last n of a place counts, share 1. PyTorch and JAX leave open which one.
 *     mean:    sum / count; every n counts, share = count.
 *     largest: elements that equal the largest count, and share evenly (PyTorch's scatter_reduce
 *              amax, TensorFlow's unsorted_segment_max).
 *     The number self (0): 1 where start is one of the elements of mean and largest (the default of
 *     PyTorch's scatter_reduce); 0: start stands only where nothing goes (segment operations).
 *     The start of a place has the gradient of an element that counts.
 * Source: Griewank and Walther 2008, section 3.3; PyTorch, torch.gather and scatter_reduce.
 * Edge cases: duplicates; places that nothing goes to; ties. An index outside of 0..V-1 is refused.
 * Order of operations: sums over n in blocks, where an element of another place adds 0; then
 *     start + sum; the quotient by the count; dy / share, also when it is 1.
 */
#pragma once

#include "../call.h"

enum scatter_operation { GATHER, SCATTER_ADD, SCATTER_SET, SCATTER_MEAN, SCATTER_LARGEST };

struct scatter {
    enum scatter_operation operation;
    size_t N, V, C, block, self;
    const real *x, *start, *dy; /* start: NULL for gather */
    const int *index;
    real *y, *dx, *dstart, *term; /* term (N) */
};

struct scatter scatter_read(struct call *call);

/* How many elements go to place j = v C + c. */
size_t scatter_count(const struct scatter *k, size_t j);

/* The sum of the elements of `value` (N,C) that go to place j. */
real scatter_total(const struct scatter *k, const real *value, size_t j);

/* Fills y, dx and dstart. */
void scatter_answer(const struct scatter *k);

/* Inputs x, index, dy, for scattering start; outputs y, dx, for scattering dstart. */
void gather_scatter_answer(struct call *call);
