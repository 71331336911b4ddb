// SPDX-License-Identifier: MIT
/* Two interleaving half circles with noise: a problem that no straight line separates.
 *
 *     p[i]          = (cos t, sin t), class 0,              for i < A,      t = i (pi / (A - 1))
 *     p[A + i]      = (1 - cos t, 1 - sin t - 1/2), class 1, for i < N - A, t = i (pi / (N-A-1))
 *     x[n] = p[order[n]] + noise z[n],  y[n] = class of order[n]
 *
 * N points, A of them on the outer arc; z (N,2) standard normal deviates, order (N) a permutation
 * (optional: none); x (N,2), y (N) whole.
 *
 * Conventions:
 *   end = included (default: scikit-learn; the last t is pi itself, and t = 0 on an arc of one
 *     point) or excluded (t = i (pi / A)), as range-like grids have it;
 *   noise_to = shuffled (default: scikit-learn shuffles first, so z[n] belongs to row n of x) or
 *     points (z[order[n]]).
 * Numbers: noise (0), the deviation; outer (A; floor(N / 2), scikit-learn: the odd point goes to
 *     the inner arc).
 * Source: document 004 C6 (200 points, noise 0.3, seed 42); scikit-learn's make_moons.
 * Edge cases: A = 0 or N. Refused: no points, noise below 0, z not of two columns, an order that is
 *     no permutation.
 * Order of operations: step = pi / (A - 1), t = i step; functions; 1 - sin t, then - 1/2; + (noise
 *     z), two roundings.
 */
#pragma once

#include "permutation.h"

#define MOONS_PI R(3.14159265358979323846264338327950288419716939937511)

struct moons {
    size_t N, outer;
    int open, by_point; /* end = excluded; noise_to = points */
    real noise;
    const real *z;
    const int *order;
};

struct moons make_moons_read(struct call *call);

/* Inputs z, order; outputs x (N,2), y (N). */
void make_moons_answer(struct call *call);
