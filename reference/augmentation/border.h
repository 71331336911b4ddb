// SPDX-License-Identifier: MIT
/* border.h - what stands beyond the border of an image, for the augmentations that look there.
 *
 *     fill      a constant (PIL, torchvision's "constant", SciPy's "constant")
 *     edge      the nearest pixel: a a a | a b c d | d d d        (OpenCV "replicate", SciPy
 *     "nearest") reflect   mirrored at the pixel:   d c b | a b c d | c b a  (torchvision, OpenCV
 *     "reflect_101") symmetric mirrored at the edge:    c b a | a b c d | d c b  (SciPy and Keras
 *     call it "reflect") wrap      repeated:                b c d | a b c d | a b c  (SciPy "wrap",
 *     NumPy's roll)
 */
#pragma once

#include "../call.h"

enum border { BORDER_FILL, BORDER_EDGE, BORDER_REFLECT, BORDER_SYMMETRIC, BORDER_WRAP };

/* Convention border; fill by default. */
enum border border_read(struct call *call);

/* Where pixel i of a line of `size` >= 1 pixels is taken from; -1: the constant. */
long border_place(long i, long size, enum border border);

/* Images x (N,C,H,W), looked at through a window of P x Q pixels. */
struct window {
    size_t N, C, H, W, P, Q;
    enum border border;
    real fill;
};

/* y (N,C,P,Q): y[n,c,p,q] is the pixel (p + top[n], q + left[n]). */
void window_look(real *y, const real *x, const struct window *is, const int *top, const int *left);

/* The gradient: dx (N,C,H,W) gets dy (N,C,P,Q) where it was taken from, added in row-major
 * order. */
void window_return(real *dx, const real *dy, const struct window *is, const int *top,
                   const int *left);
