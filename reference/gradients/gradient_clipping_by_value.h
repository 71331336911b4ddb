// SPDX-License-Identifier: MIT
/* Gradient clipping by value: each element of a gradient is limited on its own.
 *
 *     clipped[p] = min(max(g[p], low), high)      p = 0 .. P-1
 *
 * P parameters; g (P). Unlike clipping by norm this changes the direction of the gradient.
 *
 * Conventions: the number limit stands for low = -limit and high = limit (PyTorch's clip_value,
 * Keras's clipvalue); or the numbers low and high are stated (TensorFlow's clip_by_value).
 * Source: documents 000 Q11, 003 Q11 ("limited to a maximum threshold"); Mikolov 2012.
 * Edge cases: low = high gives that value everywhere; low above high is refused. An element that
 *     is just a limit stays. A -0 within the limits stays -0.
 * Order of operations: comparisons only, nothing is rounded: every answer is exact.
 */
#pragma once

#include "../call.h"

struct limits {
    real low, high;
};

/* Reads limit, or low and high. */
struct limits clipping_limits(struct call *call);

/* clipped (n) from g (n). */
void gradient_clipping_by_value(real *clipped, const real *g, struct limits limits, size_t n);

/* Input g (P); output clipped (P). */
void gradient_clipping_by_value_answer(struct call *call);
