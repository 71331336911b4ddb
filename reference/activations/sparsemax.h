// SPDX-License-Identifier: MIT
/* Sparsemax over the last axis: the point of the simplex nearest to x, often on its border.
 *
 *     y[k]  = max(x[k] - t, 0),   t such that sum_k y[k] = 1
 *     dx[k] = dy[k] - (sum_{j in S} dy[j]) / |S| for k in S, else 0;   S = {k: y[k] > 0}
 *
 * x, y, dx, dy (N,C): N samples, C classes. With s = x - max x in descending order and c_k the sum
 * of its first k: K = the largest k with 1 + k s_k > c_k, and t = (c_K - 1) / K (of s).
 *
 * Conventions: the axis is the last one.
 * Source: Martins and Astudillo 2016, algorithm 1, eq. 6 and 14.
 * Edge cases: C = 1 gives y = 1 and dx = 0; C = 0 is refused. Where 1 + k s_k = c_k the value is at
 *     the threshold: y = 0, and it is not in S (the authors; the other one-sided derivative has it
 *     in S). Every 1 + k s_k - c_k is a decision.
 * Order of operations: s; c_k a chain over the order; t; y = s - t. The sum in dx a chain over k of
 *     S; then the division.
 */
#pragma once

#include "../call.h"

/* y (C) of a row x (C). order (C) is scratch; distance (C) the decisions. */
void sparsemax_forward(real *y, const real *x, size_t C, real *order, real *distance);

/* dx (C) from dy (C) and the output y (C); inside (C) is scratch. */
void sparsemax_backward(real *dx, const real *dy, const real *y, size_t C, real *inside);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void sparsemax_answer(struct call *call);
