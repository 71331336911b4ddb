// SPDX-License-Identifier: MIT
/* Linear activation: the identity, the head of a regression.
 *
 *     y  = x
 *     dx = dy
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values.
 *
 * Conventions: none.
 * Source: documents 000 Q31, 002 Q4, 003 Q31, 004 T2, C8.
 * Edge cases: every value is kept to the last bit, subnormal or large.
 * Order of operations: none; nothing is rounded.
 */
#pragma once

#include "../call.h"

/* to (n) from x (n): y from x, and dx from dy. */
void linear_forward(real *to, const real *x, size_t n);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void linear_answer(struct call *call);
