// SPDX-License-Identifier: MIT
/* Linear collapse: layers without an activation between them are one linear layer.
 *
 *     a_0 = x;   a_l = a_{l-1} w_l + b_l          l = 1 .. L;   network = a_L
 *     weight = w_1 w_2 ... w_L;   bias = (..(b_1 w_2 + b_2) w_3 ..) + b_L
 *     collapsed = x weight + bias                 the same as network, but for rounding
 *
 * x (N,I), w_l (I_{l-1},I_l), b_l (I_l) or absent, L = 1 .. 8 layers named w1, b1, w2, ...
 *
 * Conventions: none. Both sides are outputs, so that an implementation cannot pass with a layer
 * that hides an activation.
 * Source: documents 004 T5 (depth without a non-linearity); Saxe, McClelland and Ganguli 2014.
 * Edge cases: one layer is its own collapse. A narrow layer limits the rank of `weight`. A gap
 *     in the names w1, w2, ... is refused.
 * Order of operations: each element of a product is one fused-multiply-add chain over the inner
 *     index; layers start from the bias, weight products from 0, from left to right.
 */
#pragma once

#include "../call.h"

/* c (M,O) = start + a (M,K) b (K,O); start (O) for every row, or NULL for 0. */
void linear_collapse_product(real *c, const real *start, const real *a, const real *b, size_t M,
                             size_t K, size_t O);

/* Inputs x, w1, b1, ...; outputs network (N,O), weight (I,O), bias (O), collapsed (N,O). */
void linear_collapse_answer(struct call *call);
