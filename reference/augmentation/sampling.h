// SPDX-License-Identifier: MIT
/* sampling.h - the value of an image between its pixels, for the augmentations that resample.
 *
 *     bilinear: r = floor(row), f = row - r, likewise c and g of the column;
 *               ((1 - f) (1 - g)) v[r,c] + ((1 - f) g) v[r,c+1] + (f (1 - g)) v[r+1,c]
 *               + (f g) v[r+1,c+1]
 *     nearest:  v[floor(row + 1/2),floor(column + 1/2)]
 *
 * Pixel (r, c) is at row r and column c; v beyond the border: see border.h. Convention
 * interpolation: bilinear (default) or nearest, where a pixel's edge belongs to the next pixel.
 * Order of operations: as written; four products of a weight and a value, added from left to right.
 * The gradient of a value is its weight times dy, added in the row-major order of y, in the same
 * order of corners. Decisions: for nearest, the distances from the edge of a pixel.
 */
#pragma once

#include "border.h"

struct sampling {
    size_t H, W;
    enum border border;
    int nearest;
    real fill;
};

/* Conventions interpolation and border, number fill, for images of H x W pixels. */
struct sampling sampling_read(struct call *call, size_t H, size_t W);

/* The value of a plane v (H,W). */
real sampling_value(struct call *call, const struct sampling *is, const real *v, real row,
                    real column);

/* Adds the share of dy of the pixels that it was made of to dv (H,W). */
void sampling_return(const struct sampling *is, real *dv, real dy, real row, real column);
