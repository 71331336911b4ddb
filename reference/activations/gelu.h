// SPDX-License-Identifier: MIT
/* Gaussian error linear unit.
 *
 *     none:     y = x P(x),  P(x) = erfc(-x / sqrt 2) / 2,   dx = dy (P(x) + x p(x)),
 *               p(x) = e^(-x^2 / 2) / sqrt(2 pi)
 *     tanh:     y = x s(u),  u = sqrt(8 / pi) (x + 0.044715 x^3), which is x (1 + tanh(u / 2)) / 2
 *     sigmoid:  y = x s(u),  u = 1.702 x
 *               dx = dy (s(u) + x s(u) s(-u) u'),  s(u) = 1 / (1 + e^-u)
 *
 * x, y, dx, dy have any shape, here (N,C): N samples of C values. P is the normal distribution.
 *
 * Conventions: approximation = none (PyTorch, TensorFlow and Keras unless told otherwise; this
 *     suite's default), tanh (JAX's default, GPT-2), or sigmoid ("quick": CLIP, MLX's fast one), up
 *     to 0.02 away.
 * Source: Hendrycks and Gimpel 2016, section 2.
 * Edge cases: to the left of -5 a plain 1 + erf or 1 + tanh has lost most of its digits, and a
 *     large |x| gives exactly x or 0, never NaN.
 * Order of operations: c = erfc(-(x sqrt(1/2))) / 2, y = x c; dx = dy (c + x (e^((x x) (-1/2)) k)).
 *     u = a (x + b ((x x) x)), e = exp(-|u|), s = 1 / (1 + e) or e / (1 + e), whichever is on the
 *     side of u, o the other; y = x s; dx = dy (s + (x (s o)) u') with u' = a (1 + 3b (x x)).
 */
#pragma once

#include "../call.h"

enum gelu_approximation { GELU_NONE, GELU_TANH, GELU_SIGMOID };

/* y (n) from x (n). */
void gelu_forward(real *y, const real *x, size_t n, enum gelu_approximation approximation);

/* dx (n) from dy (n) and the input x (n). */
void gelu_backward(real *dx, const real *dy, const real *x, size_t n,
                   enum gelu_approximation approximation);

/* The convention `approximation` of a call. */
enum gelu_approximation gelu_approximation_of(struct call *call);

/* Input x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void gelu_answer(struct call *call);
