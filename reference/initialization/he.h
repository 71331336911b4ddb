// SPDX-License-Identifier: MIT
/* He (Kaiming) initialisation, from stored random deviates.
 *
 *     var w = gain^2 / fan,   gain = sqrt(2 / (1 + a^2))
 *     uniform:          w = (gain sqrt(3 / fan)) u,  u uniform in [-1, 1)
 *     normal:           w = (gain sqrt(1 / fan)) u,  u standard normal
 *     truncated_normal: as normal, divided by 0.87962566103423978 (see glorot.h)
 *
 * a is the number negative_slope of a leaky ReLU, 0 for a ReLU. The deviate u has the shape of w:
 * (I,O) for a dense layer or (H,W,I,O) for a convolution; fan_in = I or H W I, fan_out = O or
 * H W O.
 *
 * Conventions: distribution = normal (default), uniform, truncated_normal; fan = fan_in (default:
 *     keeps the variance of the forward signal) or fan_out (of the gradient).
 * Source: He et al. 2015, eq. 10, 14 and 15; documents 000 Q17, 004 T13.
 * Edge cases: one weight has a fan of 1. An empty deviate, whose fans are 0, is refused.
 * Order of operations: gain is a quotient and a root; scale = gain sqrt(3 / fan); w = scale u.
 */
#pragma once

#include "../call.h"
#include "glorot.h"

/* Half width of the uniform, or standard deviation of the normal distribution. */
real he_scale(enum initial_distribution distribution, real negative_slope, size_t fan);

/* Input deviate (I,O) or (H,W,I,O); output w in its shape. */
void he_answer(struct call *call);
