// SPDX-License-Identifier: MIT
/* Maximum mean discrepancy of two sets of samples: 0 when they come from one distribution.
 *
 *     xx = sum_{i,j} k(x_i,x_j) / N^2,  yy likewise,  xy = sum_{i,m} k(x_i,y_m) / (N M)
 *     mmd = xx + yy - 2 xy                                                     (the square)
 *     gaussian:   k(a,b) = sum_w e^(-|a - b|^2 / (2 sigma_w^2))
 *     polynomial: k(a,b) = (gamma a b + offset)^degree
 *     dx_i = dmmd (2 sum_j d k(x_i,x_j) / N^2 - 2 sum_m d k(x_i,y_m) / (N M)),  d at x_i
 *
 * N samples x, M samples y of D features, W bandwidths; x, dx (N,D), y (M,D), bandwidth (W); mmd,
 * xx, yy, xy, sigma (W, of the gaussian kernel). dx is there with the scalar input dmmd.
 *
 * Conventions:
 *   estimate = biased (default: V-statistic, never below 0) or unbiased: without i = j, divided by
 *     N (N - 1) and M (M - 1), as KID (Binkowski et al. 2018); it may be negative;
 *   kernel = gaussian (default) or polynomial;
 *   combination = sum (default: Li, Swersky and Zemel 2015) or mean of the bandwidths' kernels;
 *   scale = given (default: sigma = bandwidth) or median: sigma = bandwidth times the median of the
 *     distances of all pairs of x and y together (Gretton et al. 2012); of an even number the mean
 *     of both. The median is no constant, so with it there is no dmmd.
 * Numbers: gamma (1 / D), offset (1), degree (3): KID's.
 * Source: Gretton et al. 2012, eq. 3 and 5; document 004 C8 (is the generator's cloud the target?).
 * Edge cases: samples at one place. Refused: no samples, one sample when unbiased, a bandwidth not
 *     above 0, a median of 0, dmmd with a median.
 * Order of operations: pair_means.h; sums divided by their counts; xx + yy, then - 2 xy. dx: (2 /
 *     N^2) a - (2 / (N M)) b, times dmmd.
 */
#pragma once

#include "pair_means.h"

struct discrepancy {
    int unbiased;
    struct pair_kernel kernel;
    struct pair_side x, y;
    struct pair_counts over;
    const real *dmmd; /* or NULL */
    real *mmd, *xx, *yy, *xy, *dx;
};

/* Inputs and outputs. */
struct discrepancy maximum_mean_discrepancy_read(struct call *call);

void maximum_mean_discrepancy_answer(struct call *call);
