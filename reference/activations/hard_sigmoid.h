// SPDX-License-Identifier: MIT
/* Hard sigmoid: a straight line, clipped to [0, 1].
 *
 *     t  = slope x + offset
 *     y  = 0 if t < 0, 1 if t > 1, else t
 *     dx = dy f'(x),  f'(x) = slope if 0 < t < 1, 0 outside, and by `derivative_at_bounds` if t is
 * 0 or 1
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: number slope = 1/6 (PyTorch, Keras 3, JAX: relu6(x + 3) / 6; this suite's default),
 *     0.2 (ONNX, Keras 2, Theano, Paddle's first), 0.5 (clip((x + 1) / 2)); it is above 0. Number
 *     offset = 0.5. derivative_at_bounds = outside (0: PyTorch), inside (the slope: a clamp), or
 * mean (half the slope: JAX).
 * Source: Courbariaux, Bengio and David 2015 (slope 1/2); Howard et al. 2019 (slope 1/6);
 *     documents 000-003 Q15 (the sigmoid it replaces).
 * Edge cases: every t and t - 1 that is not 0 is a decision. Values exactly on a bound are asked
 *     with slopes that are powers of 2 only: 1/6 is never exact.
 * Order of operations: t = slope * x + offset, a product and a sum; dx = dy * slope.
 */
#pragma once

#include "kink.h"

struct hard_sigmoid_rules {
    real slope, offset, at_bounds;
};

/* The conventions of a call. */
struct hard_sigmoid_rules hard_sigmoid_rules_of(struct call *call);

/* y (n) from x (n). */
void hard_sigmoid_forward(real *y, const real *x, size_t n, const struct hard_sigmoid_rules *rules);

/* dx (n) from dy (n) and the input x (n). */
void hard_sigmoid_backward(real *dx, const real *dy, const real *x, size_t n,
                           const struct hard_sigmoid_rules *rules);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void hard_sigmoid_answer(struct call *call);
