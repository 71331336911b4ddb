// SPDX-License-Identifier: MIT
/* Softmax over the last axis.
 *
 *     y[n,k]  = e^(x[n,k] - m) / s,   m = max_k x[n,k],   s = sum_k e^(x[n,k] - m)
 *     dx[n,k] = y[n,k] (dy[n,k] - sum_j dy[n,j] y[n,j])
 *
 * x, y, dx, dy (N,C): N samples, C classes. Subtracting m changes nothing in exact arithmetic and
 * keeps e^x finite.
 *
 * A mask (N,C), where it is given, keeps the classes of 1: m and s are over them, and y and dx of
 * the others are 0.
 *
 * Conventions: the axis is the last one. A temperature is the caller's division. fully_masked says
 *     what a row is that keeps nothing: zero (fused attention kernels, MLX; default), uniform (1 /
 *     C: whoever fills masked logits with a large negative number) or refused. PyTorch's and JAX's
 *     softmax of infinities is 0 / 0 there.
 * Source: Bridle 1990; documents 000 Q15, 002 Q15, 004 T5 and C4
 *     (whose code omits m and overflows).
 * Edge cases: C = 1 gives y = 1 and dx = 0. Logits of 1000 are fine. A row that keeps nothing has
 * dx = 0. Order of additions: s is a chain of additions over k; the sum in dx a chain of products
 * over j.
 */
#pragma once

#include "../call.h"

/* y (N,C) from x (N,C). */
void softmax_forward(real *y, const real *x, size_t N, size_t C);

/* dx (N,C) from dy (N,C) and the output y (N,C). */
void softmax_backward(real *dx, const real *dy, const real *y, size_t N, size_t C);

/* The same where mask (N,C) is 1. Rows that keep nothing get the value `empty`. Returns how
 * many. */
size_t softmax_masked_forward(real *y, const real *x, const int *mask, size_t N, size_t C,
                              real empty);
void softmax_masked_backward(real *dx, const real *dy, const real *y, const int *mask, size_t N,
                             size_t C);

/* The mask of a call (NULL: none), and the value of rows that keep nothing. */
const int *softmax_mask(struct call *call, real *empty, int *refused);

/* Input x (N,C), optionally mask, and dy when the gradient is wanted; outputs y, and dx. */
void softmax_answer(struct call *call);
