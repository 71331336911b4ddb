// SPDX-License-Identifier: MIT
/* Gaussian noise on activations, added or multiplied, in training alone.
 *
 *     add:       y = x + deviation noise,          dx = dy
 *     multiply:  y = x (1 + deviation noise),      dx = dy (1 + deviation noise)
 *
 * x, y, dx, dy, noise (N,C); noise is standard normal and an input. Inference is the identity,
 * given as y_inference.
 *
 * Conventions: form = add (default; Keras's GaussianNoise) or multiply (Keras's GaussianDropout,
 *     Srivastava's multiplicative noise). The deviation is the number deviation or, when that is
 * not stated, sqrt(p / (1 - p)) of the number p: the noise of a dropout of rate p.
 * Source: Bishop 1995; Srivastava et al. 2014, section 10; documents 000 Q41, 004 S1, T41.
 * Edge cases: deviation 0 is the identity. A negative deviation and a p outside [0, 1) are refused.
 * Order of operations: deviation from (p / (1 - p)), a root; one product, one sum, not fused,
 *     then the product with x or dy.
 */
#pragma once

#include "../call.h"

/* Inputs x, noise, and dy when the gradient is wanted; outputs y, y_inference, and dx. */
void gaussian_noise_answer(struct call *call);
