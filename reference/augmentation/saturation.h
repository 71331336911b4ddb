// SPDX-License-Identifier: MIT
/* Saturation and hue of colour images, changed by numbers that were drawn for each.
 *
 *     blend:  v[c] = grey + factor (x[c] - grey),   grey = 0.299 r + 0.587 g + 0.114 b
 *     yiq:    Y I Q = T x;  I' = factor (I cos h - Q sin h), Q' = factor (I sin h + Q cos h);
 *             v = T^-1 (Y, I', Q'),   h = 2 pi hue[n]
 *     y and dx: clipped, see colour.h; dx is the transposed map of what was not clipped
 *
 *     T = 0.299  0.587  0.114        T^-1 = 1   0.956   0.619
 *         0.5959 -0.2746 -0.3213            1  -0.272  -0.647
 *         0.2115 -0.5227  0.3112            1  -1.106   1.703
 *
 * x, y, dx, dy (N,3,H,W); factor (N); hue (N) in turns, for yiq alone.
 *
 * Conventions: method = blend (default: torchvision, PIL) or yiq (the linear way to turn the hue,
 *     as TensorFlow's fused adjust_hsv_in_yiq; T^-1 has three digits, as is usual, so that factor 1
 *     and hue 0 is not quite the identity). clip: see colour.h.
 * Source: documents 004 S1, T10, S4; ITU-R BT.601; FCC NTSC standard 1953.
 * Edge cases: factor 1 is the identity of blend; factor 0 is grey. A negative factor, a hue beyond
 *     half a turn and anything but three channels are refused.
 * Order of operations: sums of three are fused chains from 0 in the order of channels; blend:
 *     difference, product, sum; its dx is factor p[c] + weight[c] ((1 - factor) sum p). yiq:
 *     the products and differences as written, factor last; dx by the transposed maps in the
 *     reverse order.
 */
#pragma once

#include "colour.h"

/* Inputs x, factor, hue, and dy when the gradient is wanted; outputs y, and dx. */
void saturation_answer(struct call *call);
