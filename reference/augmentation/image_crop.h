// SPDX-License-Identifier: MIT
/* Crops of images: a window of each image, at a place that was drawn, after padding.
 *
 *     y[n,c,p,q] = padded[n,c,p + row[n],q + column[n]],   p < height, q < width
 *     padded[n,c,h,w] = x[n,c,h - padding,w - padding], beyond the border see border.h
 *     dx is the sum of dy over the places to which a pixel went
 *
 * x, dx (N,C,H,W); y, dy (N,C,P,Q) with P = height and Q = width, whole numbers; row, column (N),
 * whole numbers that were drawn, from 0; numbers padding (0; 4 for CIFAR) and fill (0).
 *
 * Conventions: border = fill (default), edge, reflect, symmetric, wrap (torchvision's RandomCrop
 *     has the first four). row and column count from the corner of the padded image (torchvision);
 *     the centre crop has row = (H - height) / 2.
 * Source: documents 004 T10, S1; Krizhevsky, Sutskever and Hinton 2012, section 4.1.
 * Edge cases: a window of the size of the image, without padding, is the identity. A window that
 *     does not fit into the padded image is refused, as is one of no pixels.
 * Order of operations: values are moved; sums of the gradient begin with 0 and go in the row-major
 *     order of y.
 */
#pragma once

#include "border.h"

/* Inputs x, row, column, and dy when the gradient is wanted; outputs y, and dx. */
void image_crop_answer(struct call *call);
