// SPDX-License-Identifier: MIT
/* Rotation of images about their centre, by angles that were drawn.
 *
 *     y[n,c,h,w] = the value of x[n,c] at
 *         row    = centre_row    + (s (w - centre_column) + k (h - centre_row))
 *         column = centre_column + (k (w - centre_column) - s (h - centre_row))
 *     k = cos angle[n], s = sin angle[n]; for the value between pixels see sampling.h
 *     dx is the adjoint: each pixel gets dy times its weights
 *
 * x, y, dx, dy (N,C,H,W), rows downwards; angle (N); number fill (0). The sizes stay: corners are
 * cut off, and what comes from beyond the border is as border.h says.
 *
 * Conventions: units = degrees (default: torchvision, PIL, SciPy) or radians (older TensorFlow
 *     add-ons). direction = counterclockwise (default: as seen; torchvision, PIL, OpenCV, Keras's
 *     layer) or clockwise (SciPy's and ImageDataGenerator's theta, with their axes). centre =
 *     pixels (default: (H - 1) / 2, the middle of the pixels; torchvision, SciPy) or corner
 *     (H / 2, from the widespread OpenCV example: half a pixel off). interpolation, border: see
 *     sampling.h and border.h.
 * Source: documents 004 T10, S1, S4; Wolberg 1990, section 3.3.
 * Edge cases: whole quarter turns in degrees have the sine and cosine 0 and +-1 exactly, so that a
 *     square image is permuted without rounding. An angle that is not finite or beyond 360 degrees
 *     (7 radians) is refused.
 * Order of operations: radians = angle (pi / 180), one product with that constant; sine and cosine
 *     are rounded; then as written, two products and their sum, not fused.
 */
#pragma once

#include "sampling.h"

/* Inputs x, angle, and dy when the gradient is wanted; outputs y, and dx. */
void image_rotation_answer(struct call *call);
