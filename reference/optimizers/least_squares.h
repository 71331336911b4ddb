// SPDX-License-Identifier: MIT
/* least_squares.h - a function to be minimised, for optimizers that ask for gradients at points of
 * their own or of a part of the samples: the mean over n of (x_n w - y_n)^2 / 2.
 *
 * x (N,P), y (N). The samples belong to the number `workers` (W, 1) virtual workers.
 * assignment = contiguous (default: worker k has the samples from floor(k N / W) to
 * floor((k + 1) N / W) - 1) or round_robin (sample n belongs to worker n mod W).
 *
 * Order of operations: the residual x_n w - y_n is a fused chain over the features from 0, then a
 *     difference; residual x_np is rounded; a worker's sum is a sum over all samples in which those
 *     of the others are 0 (sum.h: chains in blocks of `block` samples, then the tree).
 */
#pragma once

#include "optimizer.h"

struct least_squares {
    size_t N, P, W, block;
    const real *x, *y;
    int *worker, *count;     /* (N): of a sample; (W): samples */
    real *residual, *masked; /* scratch (N) */
};

struct least_squares least_squares_read(struct call *call);

/* sum (W,P): each worker's sum of residual x at its own weights, w + k stride (P) for worker k. */
void least_squares_sums(real *sum, const real *w, size_t stride, const struct least_squares *f);

/* Half the mean square of the residuals of the last call. */
real least_squares_loss(const struct least_squares *f);
