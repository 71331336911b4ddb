// SPDX-License-Identifier: MIT
/* Hard swish.
 *
 *     y  = 0 if x <= -3, x if x >= 3, else x (x + 3) / 6
 *     dx = dy f'(x),  f'(x) = 0 if x < -3, 1 if x > 3, (2 x + 3) / 6 between, and by
 *          `derivative_at_bounds` if x is -3 or 3
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: derivative_at_bounds = outside (0 and 1; this suite's default), inside (-1/2 and
 * 3/2: PyTorch until 2.8), or mean (-1/4 and 5/4: JAX's x relu6(x + 3) / 6).
 * Source: Howard et al. 2019, section 5.2; document 004 S6 (the family).
 * Edge cases: y is x itself above 3, so large values do not overflow. Every x - 3 and x + 3 that
 *     is not 0 is a decision.
 * Order of operations: y = (x * (x + 3)) / 6; dx = dy * ((2 x + 3) / 6).
 */
#pragma once

#include "kink.h"

/* y (n) from x (n). */
void hard_swish_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the input x (n). */
void hard_swish_backward(real *dx, const real *dy, const real *x, size_t n,
                         enum kink_bounds bounds);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void hard_swish_answer(struct call *call);
