// SPDX-License-Identifier: MIT
/* Flips of images, for the samples that were drawn.
 *
 *     horizontal:  y[n,c,h,w] = x[n,c,h,W-1-w] where flip_horizontal[n], else x[n,c,h,w]
 *     vertical:    then the same along h where flip_vertical[n]
 *     dx is dy flipped back: by the same map, which is its own inverse
 *
 * x, y, dx, dy (N,C,H,W); flip_horizontal, flip_vertical (N), 0 or 1; either may be missing.
 *
 * Conventions: channels = first (default: (N,C,H,W)) or last ((N,H,W,C)). horizontal means a mirror
 *     image, left to right (torchvision, Keras, OpenCV's flipCode 1).
 * Source: documents 004 T10, T36, S1.
 * Edge cases: odd sizes keep their middle. Both flips are a rotation by 180 degrees.
 * Order of operations: none; values are moved, never rounded.
 */
#pragma once

#include "../call.h"

/* Inputs x, optionally flip_horizontal, flip_vertical, and dy; outputs y, and dx. */
void image_flip_answer(struct call *call);
