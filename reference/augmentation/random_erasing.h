// SPDX-License-Identifier: MIT
/* Random erasing and cutout: a box of each image is painted over.
 *
 *     y[n,c,h,w]  = fill where top <= h < bottom and left <= w < right, else x[n,c,h,w]
 *     dx[n,c,h,w] = 0 in the box, else dy[n,c,h,w]
 *     top = row[n], left = column[n]                                            (corner)
 *     top = row[n] - height[n] / 2, left = column[n] - width[n] / 2, halves down   (centre)
 *     bottom = top + height[n], right = left + width[n]
 *
 * x, y, dx, dy (N,C,H,W); row, column, height, width (N), whole numbers that were drawn; number
 * fill (0). The output area (N) is the number of erased pixels of each image.
 *
 * Conventions: anchor = corner (default; Zhong et al., torchvision's RandomErasing) or centre
 *     (DeVries and Taylor's cutout). What lies outside of the image is cut off, in both.
 * Source: DeVries and Taylor 2017; Zhong et al. 2020; document 004 S1.
 * Edge cases: a height or width of 0 erases nothing. A row or column outside of the image is
 *     refused.
 * Order of operations: none; values are copied, never rounded.
 */
#pragma once

#include "../call.h"

/* Inputs x, row, column, height, width, and dy when the gradient is wanted; outputs area, y, dx. */
void random_erasing_answer(struct call *call);
