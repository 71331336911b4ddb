// SPDX-License-Identifier: MIT
/* Contrast of images, changed by a factor that was drawn for each.
 *
 *     v = m + factor[n] (x - m)
 *     m = the mean of image n, of each of its channels, or of its grey image 0.299 r + 0.587 g +
 *         0.114 b
 *     y: v clipped, see colour.h;  p: dy where v was not clipped, else 0
 *     dx[c,i] = factor p[c,i] + (1 - factor) share sum p,   share = dm / dx[c,i]: 1 over the number
 *         of values of the mean, times the weight of the channel for grey
 *
 * x, y, dx, dy (N,C,H,W); factor (N). The sum is over all values that have this mean.
 *
 * Conventions: mean = image (default: document 004 S1's formula; Keras's RandomContrast before
 *     2.10), channel (TensorFlow's adjust_contrast) or grey (torchvision and PIL, C = 3). clip: see
 *     colour.h.
 * Source: document 004 S1; ITU-R BT.601 for the weights of grey.
 * Edge cases: factor 1 is the identity, factor 0 the mean everywhere. A negative factor is refused,
 *     as is grey of anything but three channels.
 * Order of operations: sums along features in row-major order, fused with the weight for grey; the
 *     mean is their quotient by the number of values; difference, product, sum. For dx: rest = 1 -
 *     factor, then ((rest sum) weight) / number, added to factor p.
 */
#pragma once

#include "colour.h"

/* Inputs x, factor, and dy when the gradient is wanted; outputs y, and dx. */
void contrast_answer(struct call *call);
