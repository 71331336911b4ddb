// SPDX-License-Identifier: MIT
/* L2 normalisation: each sample to Euclidean length 1.
 *
 *     square = sum_c x[c]^2,   y[c] = x[c] / d
 *     larger_norm:    d = max(sqrt(square), epsilon)
 *     larger_square:  d = sqrt(max(square, epsilon))
 *     under_root:     d = sqrt(square + epsilon)
 *     dx[c]  = (dy[c] - y[c] sum_k dy[k] y[k]) / d,   or dy[c] / d where epsilon was the larger
 *
 * x, y, dx, dy (N,C): N samples of C features.
 *
 * Conventions: guard = larger_norm (default: PyTorch's normalize), larger_square (TensorFlow,
 *     Keras) or under_root. Number epsilon (1e-12).
 * Source: PyTorch and Keras documentation of normalize; document 000 Q14 (scaling of inputs).
 * Edge cases: a row of zeros gives y = 0 and a finite dx, never 0 / 0. A row whose norm (or square)
 *     equals epsilon counts as epsilon the larger. epsilon < 0 is refused, and so is a row of zeros
 *     with epsilon 0.
 * Order of operations: sums along features. d as written; y = x / d; b = sum dy y;
 *     dx = (dy - y b) / d.
 */
#pragma once

#include "../call.h"

enum l2_guard { L2_LARGER_NORM, L2_LARGER_SQUARE, L2_UNDER_ROOT };

/* d of a sum of squares; *distance is how far it was above its guard, 1 where there is no choice.
 */
real l2_divisor(real square, real epsilon, enum l2_guard guard, real *distance);

/* Inputs x, optionally dy; outputs y, and dx. */
void l2_normalization_answer(struct call *call);
