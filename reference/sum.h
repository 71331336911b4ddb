// SPDX-License-Identifier: MIT
/* sum.h - the orders in which the reference adds. Part of every definition, not an accident.
 *
 * Along features:  one fused-multiply-add chain in index order,
 *                      s = start;  for i:  s = fma(x[i], y[i], s)
 * Over samples:    a chain within each block of `block` consecutive samples, started from zero,
 *                  then a fixed binary tree over the block index: the tree over n blocks adds the
 *                  tree over the first m to the tree over the rest, where m is the largest power
 *                  of two below n.
 *
 * A parallel machine can follow this order on any number of ranks without extra work, so its bits
 * need not depend on that number (DESIGN, "the same bits everywhere").
 *
 * The other orders exist for one purpose, the derivation of bounds: they are what a different but
 * correct implementation might do. They use no fused multiply-add.
 */
#pragma once

#include "real.h"
#include "request.h"

/* The order used from now on in this precision; SUM_CANONICAL at the start. Not for kernels. */
void sum_set_order(enum sum_order order, enum sum_noise noise);

/* start + sum over i < n of x[i x_stride] y[i y_stride], along features. Source: DESIGN 7.1. */
real sum_products(real start, size_t n, const real *x, size_t x_stride, const real *y,
                  size_t y_stride);

/* Sum over i < n of x[i stride], along features: a chain of additions in index order from 0. */
real sum_features(size_t n, const real *x, size_t stride);

/* Sum over samples i < n of x[i stride], in blocks of `block` samples. Source: DESIGN 7.2. */
real sum_samples(size_t n, size_t block, const real *x, size_t stride);

/* Sum over samples i < n of x[i x_stride] y[i y_stride], in blocks. Source: DESIGN 7.2. */
real sum_sample_products(size_t n, size_t block, const real *x, size_t x_stride, const real *y,
                         size_t y_stride);
