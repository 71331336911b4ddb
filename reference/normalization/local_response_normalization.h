// SPDX-License-Identifier: MIT
/* Local response normalisation: each channel is divided by the energy of its neighbours.
 *
 *     s[c]  = k + f sum_{j in window(c)} x[j]^2,   t[c] = s[c]^-beta,   y[c] = x[c] t[c]
 *     dx[c] = dy[c] t[c] - 2 f beta x[c] sum_{j: c in window(j)} dy[j] y[j] / s[j]
 *
 * x, y, dx, dy (N,C), (N,C,H,W) or (N,H,W,C), as normalization.h says: each position of a sample by
 * itself. window(c) are the channels c - b .. c + a that exist, with b + a + 1 = size.
 *
 * Conventions: share = divided (f = alpha / size: PyTorch, Caffe, ONNX; default) or whole (f =
 * alpha:
 *     the paper, TensorFlow). window_side says on which side a window of even size is longer:
 *     before (b = size / 2: PyTorch; default) or after (ONNX). Numbers size (5; TensorFlow's
 *     depth_radius r is 2 r + 1), alpha (1e-4; TensorFlow 1), beta (0.75; TensorFlow 0.5), k (1;
 *     the paper 2). The divisor of alpha is the size at the borders too.
 * Source: Krizhevsky, Sutskever and Hinton 2012, section 3.3; PyTorch's LocalResponseNorm, ONNX's
 *     LRN and TensorFlow's local_response_normalization.
 * Edge cases: k <= 0 and alpha < 0 are refused, since s might be 0; a size of 0 too. alpha 0 gives
 *     x k^-beta, beta 0 gives x.
 * Order of operations: f = alpha / size; the squares a chain over channels from 0; s = k + f sum;
 *     t = exp(-(beta log s)); y = x t. h = dy y / s; w = 2 f beta; dx = dy t - w x sum h, the sum a
 *     chain over channels.
 */
#pragma once

#include "normalization.h"

/* Channels c - before .. c + after; numbers as above, f in `factor`. */
struct lrn {
    size_t before, after;
    real factor, beta, k;
};

/* The numbers and conventions of a call. */
struct lrn lrn_read(struct call *call);

/* The channels j of C that are within [c - before, c + after]: their first, and their count. */
size_t lrn_window(size_t c, size_t C, size_t before, size_t after, size_t *count);

/* s, t, y (C) of one position x (C). */
void lrn_forward(real *s, real *t, real *y, const real *x, size_t C, const struct lrn *lrn);

/* dx (C) from dy and the results above; h (C) is scratch. */
void lrn_backward(real *dx, real *h, const real *dy, const real *x, const real *s, const real *t,
                  const real *y, size_t C, const struct lrn *lrn);

/* Inputs x, optionally dy; outputs y, and dx. */
void local_response_normalization_answer(struct call *call);
