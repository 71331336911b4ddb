// SPDX-License-Identifier: MIT
/* Product of complex numbers, and gradients with the conjugate of the other factor.
 *
 *     y  = a b
 *     da = dy conj(b),   db = dy conj(a)
 *
 * N rows of C numbers. Every array has a last axis of 2, real and imaginary part: (N,C,2).
 *
 * Conventions: the gradient of a real L is dL/dRe + i dL/dIm, so that a step against it descends
 *     (PyTorch, TensorFlow). JAX gives its conjugate, and takes conjugate upstreams: dy b, without
 *     any conj. Another axis than 2 is refused.
 * Source: Kreutz-Delgado 2009, section 4 (Wirtinger derivatives).
 * Edge cases: real or imaginary factors; y = 0.
 * Order of operations: each part is a sum or a difference of two rounded products.
 */
#pragma once

#include "../call.h"

/* y = a b, or a conj(b); n numbers. */
void complex_product_of(real *y, const real *a, const real *b, int conjugate, size_t n);

/* Inputs a, b, dy; outputs y, da, db. */
void complex_product_answer(struct call *call);
