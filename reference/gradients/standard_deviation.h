// SPDX-License-Identifier: MIT
/* Standard deviation of rows, and its gradient, which has no value of its own at constants.
 *
 *     m[n]    = sum_c x[n,c] / C,   e[n,c] = x[n,c] - m[n]
 *     y[n]    = sqrt(sum_c e[n,c]^2 / (C - correction) + epsilon)
 *     dx[n,c] = dy[n] e[n,c] / ((C - correction) y[n]),   and 0 where y[n] = 0
 *
 * N rows of C values; x, dx (N,C); y, dy (N). The mean's own gradient is in it: the e add up to 0.
 *
 * Conventions: correction (1): 1 as PyTorch, R and Octave, 0 as NumPy, JAX and TensorFlow. Constant
 *     rows are 0 / 0: 0 is taken here; PyTorch and JAX give NaN unless the argument is guarded.
 *     epsilon (0): inside the root, as normalisation layers have it.
 * Source: Bessel's correction as in Cochran 1977, section 2.3; document 004 T8 (NaN).
 * Edge cases: constant rows; rows of large mean. C <= correction and a negative epsilon are
 * refused. Order of operations: a chain of additions for the sum, a fused chain for the squares,
 * quotient,
 *     + epsilon (also when it is 0), root; (dy e) / ((C - correction) y).
 */
#pragma once

#include "../call.h"

struct deviation {
    size_t N, C;
    real divisor, epsilon;
    const real *x, *dy;
    real *y, *dx, *e;
};

/* Reads a call, makes outputs and fills e. */
struct deviation deviation_read(struct call *call);

/* y and dx. */
void deviation_answer(const struct deviation *d);

/* Inputs x, dy; outputs y, dx. */
void standard_deviation_answer(struct call *call);
