// SPDX-License-Identifier: MIT
/* Uniform initialisation, from stored uniform numbers.
 *
 *     w = low + (high - low) u,   u uniform in [0, 1)
 *     variance of w = (high - low)^2 / 12: 1/3 for [-1, 1)
 *
 * The deviate u has the shape of w: (I,O) for a dense layer, fan_in = I, or (H,W,I,O) for a
 * convolution, fan_in = H W I. Numbers low (-1) and high (1).
 *
 * Conventions: range = stated (default: low and high; NumPy, torch.nn.init.uniform_), limit (low =
 *     -limit, high = limit, number limit; Keras's RandomUniform with 0.05) or fan_in (limit = 1 /
 *     sqrt(fan_in), the rule of thumb before Glorot; PyTorch's biases).
 * Source: documents 001 Q17 ([-1, 1]), 002 Q17, 004 T13; Glorot and Bengio 2010, eq. 1, for fan_in.
 * Edge cases: low must be below high, and limit above 0. u = 0 gives low itself, and no u gives
 * high. Order of operations: limit = 1 / sqrt(fan_in), root and quotient; width = high - low;
 *     w = low + width u, product and sum.
 */
#pragma once

#include "../call.h"

/* Input deviate (I,O) or (H,W,I,O); output w in its shape. */
void uniform_initialization_answer(struct call *call);
