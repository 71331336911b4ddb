// SPDX-License-Identifier: MIT
/* Glorot (Xavier) initialisation, from stored random deviates.
 *
 *     var w = gain^2 2 / (fan_in + fan_out)
 *     uniform:          w = (gain sqrt(6 / (fan_in + fan_out))) u,  u uniform in [-1, 1)
 *     normal:           w = (gain sqrt(2 / (fan_in + fan_out))) u,  u standard normal
 *     truncated_normal: as normal, divided by 0.87962566103423978, the standard deviation of a
 *                       standard normal that was cut at +-2; u comes cut already
 *
 * The deviate u has the shape of w: (I,O) for a dense layer, fan_in = I and fan_out = O; or
 * (H,W,I,O) for a convolution with H x W kernels, fan_in = H W I and fan_out = H W O. The deviates
 * are inputs because a random stream belongs to a library; the scaling belongs to the technique.
 *
 * Conventions: distribution = uniform (default, as Keras's Dense), normal, truncated_normal.
 *     number gain (1).
 * Source: Glorot and Bengio 2010, eq. 12 and 16; documents 000 Q12 and Q17, 004 T13.
 * Edge cases: one weight has fans of 1. Refused: an empty deviate, whose fans are 0, and a gain
 * that
 *     is not above 0 (as Keras does: all weights would be alike, or each its opposite).
 * Order of operations: scale = gain sqrt(6 / (fan_in + fan_out)), division, root, product, each
 *     rounded (for truncated_normal then the division); w = scale u.
 */
#pragma once

#include "../call.h"

enum initial_distribution { INITIAL_UNIFORM, INITIAL_NORMAL, INITIAL_TRUNCATED_NORMAL };

/* Half width of the uniform, or standard deviation of the normal distribution. */
real glorot_scale(enum initial_distribution distribution, real gain, size_t fan_in, size_t fan_out);

/* Input deviate (I,O) or (H,W,I,O); output w in its shape. */
void glorot_answer(struct call *call);
