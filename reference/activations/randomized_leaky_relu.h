// SPDX-License-Identifier: MIT
/* Randomized leaky rectified linear unit: the slope of negative values is drawn anew for each of
 * them.
 *
 *     s  = lower + (upper - lower) uniform     in training, a draw for every element
 *     s  = (lower + upper) / 2                 at inference
 *     y  = x if x > 0, else s x or x / s
 *     dx = dy if x > 0, dy s or dy / s if x < 0, and by derivative_at_zero if x = 0
 *
 * x, y, dx, dy, uniform (N,C): N samples of C values; uniform in [0, 1).
 *
 * Conventions: mode = train (default) or inference, which needs no draws. form = multiplied
 *     (PyTorch, ONNX's importers; lower 1/8, upper 1/3; default) or divided (the paper: x / s with
 *     s between 3 and 8, whose mean slope at inference is 2 / 11, not the mean of slopes).
 *     derivative_at_zero as in leaky_relu.h. Draws are for every element, used or not.
 * Source: Xu et al. 2015, section 2.4; PyTorch documentation of RReLU.
 * Edge cases: refused: upper < lower; lower <= 0 with form divided; draws outside [0, 1). lower =
 *     upper is the leaky ReLU. Every x that is not 0 is a decision.
 * Order of operations: s = lower + ((upper - lower) uniform); y = s x or x / s; dx = dy s or dy /
 * s;
 *     mean of both derivatives: dy ((1 + s) / 2), with 1 / s for s if divided.
 */
#pragma once

#include "../call.h"

struct rrelu {
    real lower, upper, kink; /* kink: 0 left, 1 right, 1/2 both */
    int divided, inference;
};
struct rrelu rrelu_read(struct call *call);

/* The slope or divisor s of a draw. */
real rrelu_slope(const struct rrelu *rule, real uniform);

/* y of x, and dx of dy. */
real rrelu_forward(const struct rrelu *rule, real x, real s);
real rrelu_backward(const struct rrelu *rule, real dy, real x, real s);

/* The draws (N,C) of a call, checked; at inference zeros. */
const real *rrelu_draws(struct call *call, const struct rrelu *rule);

/* Inputs x, uniform (in training), optionally dy; outputs y, and dx. */
void randomized_leaky_relu_answer(struct call *call);
