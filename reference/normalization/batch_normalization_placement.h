// SPDX-License-Identifier: MIT
/* Where batch normalization stands in a layer: before its activation or after it.
 *
 *     z = x w                                   u = BN(z),      y = f(u)        before_activation
 *     z = x w + b,  a = f(z)                    y = BN(a)                       after_activation
 *     BN(v)[n,o] = gamma[o] (v[n,o] - mean[o]) / sqrt(variance[o] + epsilon) + beta[o]
 *
 * N samples, I inputs, O units; x (N,I), w (I,O), b, gamma, beta (O); statistics of the batch, of
 * all ranks together, with the divisor N. Upstream dy (N,O).
 *
 * Conventions: placement = before_activation (default: the paper; Keras' and PyTorch's examples) or
 *     after_activation (many later networks); activation = relu (default) or tanh.
 *     Number epsilon (1e-5, above 0).
 * Source: Ioffe and Szegedy 2015, section 3.2 (before, and without the bias, which the mean takes
 *     away); documents 003 Q16, 004 G3 (between a layer and its activation).
 * Edge cases: b is refused before the activation, where it has no effect and its gradient is 0. One
 *     sample has variance 0 and is refused. ReLU's derivative at 0 is 0; every z or u that is not 0
 *     is a decision.
 * Order of operations: z: a chain of fused multiply-adds over i from 0 or b; dx a chain over o from
 * 0;
 *     dw, db, dgamma, dbeta sums over samples in blocks. BN forwards and backwards as in
 *     batch_normalization.h. tanh' = (1 - y) (1 + y); du = dy f'.
 */
#pragma once

#include "../call.h"

/* Inputs x, w, optionally b, gamma, beta, dy; outputs y (N,O); with dy dx, dw, dgamma, dbeta and,
 * where there is a b, db. */
void batch_normalization_placement_answer(struct call *call);
