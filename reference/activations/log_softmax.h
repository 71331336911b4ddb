// SPDX-License-Identifier: MIT
/* Logarithm of the softmax over the last axis.
 *
 *     y[n,k]  = u[n,k] - log s[n],  u[n,k] = x[n,k] - m[n],  m[n] = max_k x[n,k],
 *               s[n] = sum_k e^u[n,k]
 *     dx[n,k] = dy[n,k] - p[n,k] sum_j dy[n,j],  p = e^u / s
 *
 * x, y, dx, dy (N,C): N samples, C classes.
 *
 * Conventions: the axis is the last one; natural logarithm.
 * Source: documents 000 Q15, 004 T5 and C4 (the softmax); Goodfellow, Bengio and Courville 2016,
 *     6.2.2.
 * Edge cases: log(softmax(x)) is -infinity where a gap is above 104 in binary32, 745 in binary64;
 *     this is not. Masks of -1e9 stay what they are. C = 1 gives y = 0 and dx = 0.
 * Order of operations: s is a chain of additions over k from 0; y = (x - m) - log s; sum_j dy is
 *     a chain of additions over j from 0; dx = dy - (e^u / s) * sum.
 */
#pragma once

#include "../call.h"

/* y (N,C) and p (N,C) from x (N,C). */
void log_softmax_forward(real *y, real *p, const real *x, size_t N, size_t C);

/* dx (N,C) from dy (N,C) and the probabilities p (N,C). */
void log_softmax_backward(real *dx, const real *dy, const real *p, size_t N, size_t C);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void log_softmax_answer(struct call *call);
