// SPDX-License-Identifier: MIT
/* Gradient norms by depth, with and without normalisation between the layers.
 *
 *     a_0 = x,  z_l = a_{l-1} w_l,  v_l = normalised z_l,  a_l = f(v_l),  y = a_L
 *     v = (z - mean z) / sqrt(mean (z - mean z)^2 + epsilon)     over samples, or over units
 *     norm[l] = |dL/dw_l|,  ratio = norm[1] / norm[L],  dx
 *
 * N samples; x, dx (N,D), w1 (D,H), w (K,H,H), the other layers: L = K + 1, at most 8; y, dy (N,H).
 *
 * Conventions: normalization = none (default), batch: statistics of the batch, dividing by N;
 * layer:
 *     of the units of a sample, dividing by H; both without scale and shift. activation = tanh
 *     (default), relu, sigmoid. epsilon (2^-17, near the 1e-5 of PyTorch; Keras 1e-3), in the root.
 * Source: Ioffe and Szegedy 2015, section 3; Ba, Kiros and Hinton 2016; documents 002 Q12, 004 S6.
 * Edge cases: a batch of one sample, whose normalised values are 0. epsilon <= 0, an empty batch
 * and
 *     a last layer without gradient (the ratio is 0 / 0) are refused.
 * Order of operations: sums over samples in blocks, over units in chains; (z - mean) (1 / root);
 *     backward (dv - mean dv - v mean(dv v)) (1 / root); norms in one fused chain.
 */
#pragma once

#include "depth.h"

/* Inputs x, w1, w, dy; outputs y, dx, dw1, norm, ratio. */
void normalized_depth_answer(struct call *call);

/* The outputs after both passes. */
void normalized_depth_outputs(struct call *call, const struct depth *d);
