// SPDX-License-Identifier: MIT
/* Tanh shrinkage: what tanh leaves over.
 *
 *     y = x - tanh x,   dx = dy tanh(x)^2
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: none.
 * Source: PyTorch documentation of Tanhshrink; documents 000-003 Q15, 004 T5 (tanh).
 * Edge cases: near 0 y is about x^3 / 3 and the difference cancels; every library subtracts, so the
 *     bounds allow for it there. The slope does not cancel.
 * Order of operations: t = tanh(x), y = x - t, dx = dy * (t * t).
 */
#pragma once

#include "../call.h"

/* y (n) from x (n). */
void tanh_shrink_forward(real *y, const real *x, size_t n);

/* dx (n) from dy (n) and the input x (n). */
void tanh_shrink_backward(real *dx, const real *dy, const real *x, size_t n);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void tanh_shrink_answer(struct call *call);
