// SPDX-License-Identifier: MIT
/* Images made larger or smaller by resampling.
 *
 *     y[n,c,p,q] = the value of x[n,c] at row(p), column(q); between pixels see sampling.h
 *     row(p) = (p + 1/2) (H / P) - 1/2        (half_pixel: pixels are squares, images are aligned)
 *            = p ((H - 1) / (P - 1)), or 0 (align_corners: the outermost pixels stay)
 *            = p (H / P)                       (asymmetric: the first pixel stays)
 *     and column(q) likewise; dx is the adjoint: each pixel gets dy times its weights
 *
 * x, dx (N,C,H,W); y, dy (N,C,P,Q) with P = height and Q = width, whole numbers.
 *
 * Conventions: coordinates = half_pixel (default: PyTorch's interpolate, TensorFlow 2, OpenCV, PIL
 *     without antialiasing), align_corners (PyTorch's option, the default before 0.4) or asymmetric
 *     (TensorFlow 1, ONNX). interpolation: see sampling.h. Beyond the border stands its edge; a
 *     position before the first pixel is therefore that pixel.
 * Source: document 004 S1 (scaling, zoom); Wolberg 1990, section 5.3.
 * Edge cases: P = H and Q = W is the identity in all three. A height or width of 0 is refused.
 * Order of operations: the quotient in brackets first, as libraries precompute it.
 */
#pragma once

#include "sampling.h"

/* Inputs x, and dy when the gradient is wanted; outputs y, and dx. */
void image_zoom_answer(struct call *call);
