// SPDX-License-Identifier: MIT
/* Maxout: the largest of several values, each of which had weights of its own.
 *
 *     y[n,c]  = max_k p[n,c,k],   dp[n,c,k] = dy[n,c] where p is the largest, else 0
 *
 * x, dx (N,F) with F = C pieces; y, dy (N,C). The pieces p (N,C,pieces) are parts of x.
 *
 * Conventions: number pieces = 2. arrangement = together (x[c pieces + k]: Lasagne's
 *     FeaturePoolLayer, TensorFlow Addons; default) or apart (x[k C + c]: layers that stack the
 *     maps of each piece). tie = first (the gradient goes to the first of equal values: PyTorch's
 *     max along an axis; default), last, or shared (dy over their number to each: PyTorch's amax,
 *     JAX, TensorFlow's reduce_max).
 * Source: Goodfellow et al. 2013, section 3.
 * Edge cases: refused: pieces of 0, or not a divisor of F. One piece is the identity. Equal pieces
 *     are ties that the convention settles; the distance of every piece to the largest is a
 *     decision.
 * Order of operations: dy / (number of equal values) where shared; no rounding otherwise.
 */
#pragma once

#include "../call.h"

enum maxout_tie { MAXOUT_FIRST, MAXOUT_LAST, MAXOUT_SHARED };

struct maxout {
    size_t N, C, pieces;
    enum maxout_tie tie;
    int apart;
};
struct maxout maxout_read(struct call *call);

/* Where piece k of channel c lies in a row of x. */
size_t maxout_at(const struct maxout *is, size_t c, size_t k);

/* The place of the largest piece of channel c in a row; the first of equals. */
size_t maxout_largest(const struct maxout *is, const real *row, size_t c);

/* y (N,C) from x (N,F). */
void maxout_forward(real *y, const real *x, const struct maxout *is);

/* dx (N,F) from dy (N,C) and the input x. */
void maxout_backward(real *dx, const real *dy, const real *x, const struct maxout *is);

/* Input x, and dy when the gradient is wanted; outputs y, and dx. */
void maxout_answer(struct call *call);
