// SPDX-License-Identifier: MIT
/* RMS normalisation: each sample by the root mean square of its features, not centred.
 *
 *     square   = sum_c x[c]^2 / C
 *     s        = sqrt(square + epsilon)
 *     x_hat[c] = x[c] / s
 *     y[c]     = g[c] x_hat[c],   g = w or 1 + w
 *
 *     dx_hat[c] = g[c] dy[c]
 *     dx[c]     = (dx_hat[c] - x_hat[c] sum_k dx_hat[k] x_hat[k] / C) / s
 *     dw[c]     = sum dy[c] x_hat[c]                           over all samples (and positions)
 *
 * x, y, dx, dy are (N,C), or (N,T,C): N sequences of T positions, each alone. w (C); without it
 * g is 1 whatever the convention.
 *
 * Conventions: weight = plain (default: g = w, Llama) or one_plus (g = 1 + w, Gemma).
 *     epsilon_place = inside_root (default: Llama, PyTorch), or outside_root (the paper's text):
 *     s = sqrt(square) + epsilon, and x_hat in dx alone becomes x / sqrt(square), 0 where the
 *     square is 0. Numbers: epsilon (1e-5), block. Casts between precisions are not part of it.
 * Source: Zhang and Sennrich 2019, eq. 4.
 * Edge cases: a row of zeros gives y = 0, and dx = dx_hat / s, and is refused when epsilon
 *     is 0; epsilon < 0 is refused. C = 1 gives y = g times the sign of
 *     x, nearly.
 * Order of operations: sums along features. y = g x_hat, one product after the quotient. b is the
 *     sum of dx, divided by C; dx = (dx_hat - x_hat b) / s. dw: sums over samples, one chain per
 *     block of `block` samples through their positions.
 */
#pragma once

#include "normalization.h"

/* Inputs x, optionally w, dy; outputs y, and dx, dw (dw only with w). */
void rms_normalization_answer(struct call *call);
