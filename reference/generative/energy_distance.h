// SPDX-License-Identifier: MIT
/* Energy distance of two sets of samples.
 *
 *     xy = mean |x_i - y_m|,  xx = mean |x_i - x_j|,  yy = mean |y_i - y_j|      over all pairs
 *     energy = 2 xy - xx - yy
 *     dx_i = denergy (2 sum_m u(x_i - y_m) / (N M) - 2 sum_j u(x_i - x_j) / N^2),  u(v) = v / |v|
 *
 * N samples x, M samples y of D features; x, dx (N,D), y (M,D); energy, xx, yy, xy scalars. dx is
 * there with the scalar input denergy.
 *
 * Conventions:
 *   estimate = biased (default: V-statistic, never below 0) or unbiased: pairs of two samples, over
 *     N (N - 1) and M (M - 1);
 *   root = no (default: Szekely and Rizzo 2013) or yes: sqrt(energy), scipy.stats.energy_distance
 *     in one feature; dx is divided by 2 sqrt(energy). A negative estimate has the root 0, without
 *     a gradient;
 *   u(0) = 0, the subgradient of least length: samples at one place do not push each other.
 * Source: Szekely and Rizzo 2013, eq. 6.1; document 004 C8 (is the generator's cloud the target?).
 * Edge cases: samples at one place. Refused: no samples, one sample when unbiased.
 * Order of operations: pair_means.h with the kernel -|a - b|; means negated; (2 xy - xx) - yy; dx:
 *     ((2 / N^2) a - (2 / (N M)) b) up, with gradients a and b of the kernel, up = denergy or
 *     denergy / (2 sqrt(energy)). Decision: energy, with its root.
 */
#pragma once

#include "pair_means.h"

struct energy {
    int unbiased, rooted;
    struct pair_kernel kernel;
    struct pair_side x, y;
    struct pair_counts over;
    const real *denergy; /* or NULL */
    real *energy, *xx, *yy, *xy, *dx;
};

/* Inputs and outputs. */
struct energy energy_distance_read(struct call *call);

void energy_distance_answer(struct call *call);
