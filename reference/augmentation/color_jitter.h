// SPDX-License-Identifier: MIT
/* Colour jitter: brightness, contrast and saturation of each image are changed one after the other,
 * in an order that was drawn.
 *
 *     grey = 0.299 r + 0.587 g + 0.114 b
 *     0  brightness:  v[c] = b x[c]
 *     1  contrast:    v[c] = k x[c] + (1 - k) m,     m the mean of grey over the image
 *     2  saturation:  v[c] = s x[c] + (1 - s) grey
 *     y: order[n,0] first, then order[n,1], then order[n,2]; each works on what the one before made
 *     dx: the transposes in the reverse order, of what was not clipped
 *
 * x, y, dx, dy (N,3,H,W); brightness b, contrast k, saturation s (N), drawn factors from 0; order
 * (N,3), a permutation of 0, 1, 2 for each image. The turn of the hue is hue_saturation.h.
 *
 * Conventions: clip = each (default: to [0, 1] after every operation; torchvision, PIL) or last
 *     (once, at the end). order is drawn for every image (torchvision: for every call).
 * Source: document 004 S1; Howard 2013; Krizhevsky, Sutskever and Hinton 2012.
 * Edge cases: factors of 1 are the identity. As the weights of grey add up to 1, all operations
 *     commute until one of them clips: only clipped images show the order. A value of exactly 0 or
 *     1 counts as clipped. Negative factors, an order that repeats an operation and anything but
 *     three channels are refused. Decisions: v and 1 - v where it is clipped.
 * Order of operations: grey is a fused chain from 0; m a chain over the pixels, divided by their
 *     number; rest = (1 - factor) grey, or m; product, sum, not fused. dx: product with the factor,
 *     plus weight[c] times t, t = (1 - s) (sum of the three), or (1 - k) (sum over channels and
 *     then pixels) / pixels; sums are chains from 0.
 */
#pragma once

#include "../call.h"

/* Inputs x, brightness, contrast, saturation, order, and dy when the gradient is wanted; outputs y,
 * and dx. */
void color_jitter_answer(struct call *call);
