// SPDX-License-Identifier: MIT
/* Dropout: units are silenced at random in training.
 *
 *     y[n,c]           = scale[n] x[n,c] where kept[n,c], else 0        (training)
 *     y_inference[n,c] = factor x[n,c]                                  (inference)
 *     dx[n,c]          = scale[n] dy[n,c] where kept[n,c], else 0       (of training)
 *
 * x, y, dx, dy, kept (N,C): every sample has a mask of its own. Number p, input mask or u, and the
 * conventions argument and threshold: see mask.h. rate + keep = 1.
 *
 * Conventions: scaling = inverted (default: scale 1/keep, factor 1; PyTorch, Keras, Paddle
 *     upscale_in_train), classic (scale 1, factor keep; the paper, Paddle downgrade_in_infer) or
 *     realised (scale C / number of kept units of the sample, factor 1; neural-fortran).
 *     Document 004 T11 states the classic factor as the rate; it is the rate's complement.
 * Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014; documents 000-003 Q21,
 *     004 T11.
 * Edge cases: rate 0 is the identity. rate 1 gives zeros, never 0/0: scale is 0 where nothing can
 *     be kept. The gradient goes by the mask, not by y: a kept unit whose x is 0 passes dy on.
 * Order of operations: keep = 1 - p (or p), scale = 1 / keep, one product each.
 */
#pragma once

#include "mask.h"

enum dropout_scaling { DROPOUT_INVERTED, DROPOUT_CLASSIC, DROPOUT_REALISED };

/* scale (N) of training from kept (N,C). */
void dropout_scales(real *scale, const int *kept, enum dropout_scaling scaling, real keep, size_t N,
                    size_t C);

/* y (N,C) from x (N,C); dx from dy is the same map. */
void dropout_apply(real *y, const real *x, const int *kept, const real *scale, size_t N, size_t C);

/* Inputs x (N,C), mask or u (N,C), and dy when the gradient is wanted; outputs kept, y,
 * y_inference, and dx. */
void dropout_answer(struct call *call);
