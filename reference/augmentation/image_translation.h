// SPDX-License-Identifier: MIT
/* Translation of images by whole pixels.
 *
 *     y[n,c,h,w] = x[n,c,h - down[n],w - right[n]], beyond the border see border.h
 *     dx is the sum of dy over the places to which a pixel went
 *
 * x, y, dx, dy (N,C,H,W); down, right (N), whole numbers that were drawn, of any sign; number
 * fill (0).
 *
 * Conventions: border = fill (default: torchvision, PIL), edge, reflect (OpenCV), symmetric
 * (Keras's
 *     default, which calls it reflect) or wrap (NumPy's roll, Keras). A positive shift moves the
 *     contents down and to the right (torchvision); Keras's ImageDataGenerator moves them up and to
 *     the left: sign = contents (default) or window.
 * Source: document 004 S1.
 * Edge cases: no shift is the identity; a shift by the size or more leaves nothing but the fill.
 * Order of operations: values are moved; sums of the gradient begin with 0 and go in the row-major
 *     order of y.
 */
#pragma once

#include "border.h"

/* Inputs x, down, right, and dy when the gradient is wanted; outputs y, and dx. */
void image_translation_answer(struct call *call);
