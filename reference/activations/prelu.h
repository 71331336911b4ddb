// SPDX-License-Identifier: MIT
/* Parametric rectified linear unit: the slope to the left is learnt.
 *
 *     y      = x if x > 0, else a x
 *     dx     = dy f'(x),  f'(x) = 1 if x > 0, a if x < 0, and `derivative_at_zero` if x = 0
 *     da[c]  = sum over samples and positions of dy min(x, 0) of channel c; over everything if a is
 *              shared
 *
 * x, y, dx, dy (N,C), or with positions (N,C,S) or (N,S,C): N samples, C channels, S positions.
 * a, da: (C), one slope a channel, or a scalar () that all share.
 *
 * Conventions: with positions, channel_axis = first (N,C,S: PyTorch, ONNX by broadcasting; this
 *     suite's default) or last (N,S,C: Keras, Flax). Keras has one slope for each position too,
 * unless its axes are shared; that is (N,C) here. derivative_at_zero as in leaky_relu.h.
 * Source: He, Zhang, Ren and Sun 2015, eq. 1 and 11; documents 000 Q15, 004 T7 (leaky ReLU).
 * Edge cases: da is not divided by the number of samples. Every x that is not 0 is a decision.
 * Order of operations: y = a * x; dx = dy * a. da: within a sample, a chain of fused
 *     multiply-adds from 0 over the positions in order (over all its values in storage order if a
 *     is shared); then over samples in blocks.
 */
#pragma once

#include "kink.h"

/* Where things are: channel c of sample n has S values from n C S + c channel_stride on, each
 * position_stride after the last. A shared slope makes one channel of everything. */
struct prelu_layout {
    size_t N, C, S, channel_stride, position_stride;
};

/* y from x and a (C). */
void prelu_forward(real *y, const real *x, const real *a, const struct prelu_layout *layout);

/* dx from dy, the input x and a (C); at_zero (C) is the derivative at x = 0. */
void prelu_backward(real *dx, const real *dy, const real *x, const real *a, const real *at_zero,
                    const struct prelu_layout *layout);

/* da (C); `negative` (of x's size) and `term` (N C) are scratch. */
void prelu_slope_gradient(real *da, real *negative, real *term, const real *dy, const real *x,
                          const struct prelu_layout *layout, size_t block);

/* The layout that a call asks for; its shapes are bound then. *shape is that of x. */
struct prelu_layout prelu_layout_of(struct call *call, const char **shape);

/* Inputs x, a, and dy when gradients are wanted; outputs y, dx, da. */
void prelu_answer(struct call *call);
