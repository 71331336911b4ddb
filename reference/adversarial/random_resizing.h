// SPDX-License-Identifier: MIT
/* Random resizing and padding as a defence: each image is resized to a size that is drawn, and put
 * at a place that is drawn on a canvas.
 *
 *     size[n]   = low + floor(u[n,0] (high - low + e)), columns by u[n,1] or the same
 *     offset[n] = floor(u[n,2] (canvas - size + e)), floor(u[n,3] (canvas - columns + e))
 *     y[n,c,p,q] = x[n,c] at row(p - offset), column(q - offset) within its size, else fill
 *     dx         = the adjoint with the same draws: each pixel gets dy times its weights
 *
 * x, dx (N,C,H,W); uniform (N,4) in [0, 1), the draws; y, dy (N,C,P,P) with P = canvas; size,
 * offset (N,2): rows and columns, which are the index map of the draws.
 *
 * Conventions: whole numbers 1 <= low <= high <= canvas (high); fill (0; Xie et al.: 0.5, gray).
 *   range = exclusive (e = 0: neither high nor the last place is drawn, as of random_uniform and
 *     randint: Xie et al.; default) or inclusive (e = 1).
 *   aspect = square (one draw for both sides, Xie et al.; default) or free (two).
 *   coordinates = half_pixel (default), align_corners or asymmetric: row(p) as in image_zoom.h;
 *     floor: the pixel floor(p H / size), in whole numbers (nearest of TensorFlow 1, so Xie et
 *     al., and of PyTorch).
 *   interpolation = bilinear (default) or nearest: sampling.h; beyond the edge stands the edge.
 * Source: Xie et al. 2018, section 3.2; documents 004 T41, 001 and 002 Q41.
 * Edge cases: high = low resizes always alike. exclusive with size = canvas puts it at 0. Refused:
 *     low above high, high above canvas, a draw outside of [0, 1).
 * Order of operations: u times the whole number, then its floor; positions and weights as in
 *     image_zoom.h and sampling.h; dx in the row-major order of y.
 */
#pragma once

#include "../augmentation/sampling.h"

void random_resizing_answer(struct call *call);
