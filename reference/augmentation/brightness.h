// SPDX-License-Identifier: MIT
/* Brightness of images, changed by a number that was drawn for each.
 *
 *     add:       v = x + factor[n]
 *     multiply:  v = factor[n] x
 *     y and dx: clipped, see colour.h; the derivative of v is 1, or factor[n]
 *
 * x, y, dx, dy (N,C,H,W); factor (N).
 *
 * Conventions: method = add (default: TensorFlow's adjust_brightness, Keras's layer) or multiply
 *     (torchvision and PIL: a mixture with black; ImageDataGenerator). clip: see colour.h.
 * Source: documents 004 S1, T36.
 * Edge cases: add 0 and multiply by 1 are the identity on what is not clipped; multiply by 0 is
 *     black. A negative factor to multiply by is refused.
 * Order of operations: one sum or one product, then the clipping.
 */
#pragma once

#include "colour.h"

/* Inputs x, factor, and dy when the gradient is wanted; outputs y, and dx. */
void brightness_answer(struct call *call);
