// SPDX-License-Identifier: MIT
/* Gaussian blur: each pixel becomes a mean of its neighbours, with weights that fall like a normal
 * density; along the rows first, then along the columns.
 *
 *     along[n,c,h,w] = sum_k weight[n,k] x[n,c,h,w + k - r],    r = (width - 1) / 2
 *     y[n,c,h,w]     = sum_k weight[n,k] along[n,c,h + k - r,w], r = (height - 1) / 2
 *     weight[n,k]    = e[k] / sum_j e[j],   e[k] = exp(-(k - r)^2 / (2 sigma[n]^2))
 *     dx: the transposed maps in the reverse order
 *
 * x, y, dx, dy (N,C,H,W); numbers height and width of the kernel (odd); sigma (N), in pixels, drawn
 * for each image; fill (0).
 *
 * Conventions: border = fill (default), edge, reflect (torchvision, OpenCV), symmetric (SciPy's
 *     gaussian_filter), wrap: see border.h; for both directions. Without an input sigma each
 *     direction has OpenCV's 0.3 (r - 1) + 0.8. The density is sampled at whole pixels
 *     (torchvision, OpenCV, SciPy), not integrated over them.
 * Source: documents 004 S1, S4; Gonzalez and Woods, Digital Image Processing.
 * Edge cases: a kernel of 1 x 1 is the identity. A constant image stays constant, but for rounding
 *     and for the fill. A kernel may be larger than the image. Even sizes, a sigma of 0 or less and
 *     images without pixels are refused.
 * Order of operations: e[k] = exp(-((k - r)^2 / (2 sigma sigma))), 2 sigma first; their sum is a
 * chain
 *     from 0. Sums over k are fused chains from 0 in the order of k. dx: every element of the
 *     result adds its share to each of its sources with a fused product, in row-major order and
 *     then in that of k.
 */
#pragma once

#include "border.h"

/* Inputs x, sigma, and dy when the gradient is wanted; outputs y, and dx. */
void gaussian_blur_answer(struct call *call);
