// SPDX-License-Identifier: MIT
/* Softmax over the last axis.
 *
 *     y[n,k]  = e^(x[n,k] - m) / s,   m = max_k x[n,k],   s = sum_k e^(x[n,k] - m)
 *     dx[n,k] = y[n,k] (dy[n,k] - sum_j dy[n,j] y[n,j])
 *
 * x, y, dx, dy (N,C): N samples, C classes. Subtracting m changes nothing in exact arithmetic and
 * keeps e^x finite.
 *
 * Conventions: the axis is the last one. A temperature is the caller's division.
 * Source: Bridle 1990; documents 000 Q15, 002 Q15, 004 T5 and C4
 *     (whose code omits m and overflows).
 * Edge cases: C = 1 gives y = 1 and dx = 0. Logits of 1000 are fine.
 * Order of additions: s is a chain of additions over k; the sum in dx a chain of products over j.
 */
#pragma once

#include "../call.h"

/* y (N,C) from x (N,C). */
void softmax_forward(real *y, const real *x, size_t N, size_t C);

/* dx (N,C) from dy (N,C) and the output y (N,C). */
void softmax_backward(real *dx, const real *dy, const real *y, size_t N, size_t C);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void softmax_answer(struct call *call);
