// SPDX-License-Identifier: MIT
/* LeCun initialisation, from stored random deviates.
 *
 *     var w = 1 / fan_in
 *     normal:           w = sqrt(1 / fan_in) u,  u standard normal
 *     truncated_normal: as normal, divided by 0.87962566103423978 (see glorot.h); u comes cut at
 *     +-2 uniform:          w = sqrt(3 / fan_in) u,  u uniform in [-1, 1)
 *
 * The deviate u has the shape of w: (I,O), fan_in = I, or (H,W,I,O), fan_in = H W I.
 *
 * Conventions: distribution = normal (default: document 001's deviation 1 / sqrt(n), there called
 *     Xavier), truncated_normal (Keras's and JAX's lecun_normal, Flax's Dense) or uniform (Keras's
 *     lecun_uniform). fan = fan_in (default) or fan_out (the n of document 001 is not said to be
 *     one of them).
 * Source: LeCun, Bottou, Orr and Mueller 1998, section 4.6; document 001 Q17.
 * Edge cases: equal fans give Glorot's variance. It keeps the variance of linear layers and, with
 *     SELU, of normal ones; a ReLU halves it.
 * Order of operations: scale = sqrt(1 / fan), quotient and root (then the division); w = scale u.
 */
#pragma once

#include "../call.h"

/* Input deviate (I,O) or (H,W,I,O); output w in its shape. */
void lecun_answer(struct call *call);
