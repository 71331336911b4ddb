// SPDX-License-Identifier: MIT
/* Alpha dropout: silences units of a self-normalising network without changing mean and variance.
 *
 *     y[n,c,l]  = a (kept x[n,c,l], or alpha where not kept) + b
 *     dx[n,c,l] = a dy[n,c,l] where kept, else 0
 *     a = 1 / sqrt(keep (1 + rate alpha^2)),   b = -a rate alpha
 *
 * x, y, dx, dy (N,C,L): N samples, C channels of L values. alpha = -1.7580993408473768..., what
 * SELU goes to far left of 0. Mean 0 and variance 1 stay so. Number p, input mask or u, conventions
 * argument and threshold: see mask.h.
 *
 * Conventions: scope = element (default: mask (N,C,L), PyTorch's and Keras's AlphaDropout) or
 *     channel (mask (N,C): a channel is silenced as a whole, PyTorch's FeatureAlphaDropout).
 *     Inference is the identity and no output.
 * Source: Klambauer, Unterthiner, Mayr and Hochreiter 2017, section "New dropout technique".
 * Edge cases: rate 0 is the identity. rate 1, whose a is 1/0, is refused.
 * Order of operations: variance = keep (1 + rate (alpha alpha)), a = 1 / sqrt(variance),
 *     b = -((a rate) alpha); y = a x + b and a alpha + b in two roundings; dx = a dy.
 */
#pragma once

#include "mask.h"

struct alpha_dropout_map {
    real alpha, a, b;
};
struct alpha_dropout_map alpha_dropout_map(struct survival survival);

/* Inputs x (N,C,L), mask or u, and dy when the gradient is wanted; outputs kept, y, and dx. */
void alpha_dropout_answer(struct call *call);
