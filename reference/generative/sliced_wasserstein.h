// SPDX-License-Identifier: MIT
/* Sliced Wasserstein distance of two sets of samples: one-dimensional distances of projections.
 *
 *     a_l = sort of x[n] u_l,  b_l = sort of y[n] u_l      along every direction u_l, l < L
 *     part[l]  = sum_n |a_l[n] - b_l[n]|^p / N
 *     distance = (sum_l part[l] / L)^(1/p)
 *     dx[n] = ddistance slope sum_l p s_l[n] |g_l[n]|^(p-1) u_l / (N L),  g_l[n] the gap of the
 *             pair that n is in, s its sign;  slope = distance^(1-p) / p
 *
 * N samples in each set, D features, L directions; x, y, dx (N,D), u, direction (L,D) as given,
 * usually of length 1; part (L), distance. dx is there with the scalar input ddistance.
 *
 * Conventions:
 *   p = two (default) or one;
 *   aggregate = mean (default) or max: the largest part (Deshpande et al. 2019), with a gradient
 *     from it alone; of equal ones the first;
 *   root = yes (default) or no: the mean itself, as training losses have it (slope 1).
 * Source: Rabin et al. 2012; Bonneel et al. 2015; document 004 C8 (is the cloud the target?).
 * Edge cases: equal projections go by their index, the smaller first; a gap of 0 has the slope 0,
 *     and so has a distance of 0. Refused: no samples, no directions, sets of unequal size.
 * Order of operations: projections are fused chains; part: powers, a sum over ranks n in blocks,
 *     divided by N; a chain over l, divided by L; root. dx: weight = (p slope ddistance) / (N L), a
 *     fused chain over l of (weight s |g|^(p-1)) u. Decisions with ddistance: gaps of neighbours
 *     in either sort, and with p = 1 of pairs; with max the lead of the largest part.
 */
#pragma once

#include "../call.h"

struct slices {
    size_t N, D, L, block;
    int one, largest, rooted;
    const real *x, *y, *u, *ddistance; /* the last may be NULL */
    real *part, *distance, *dx;
};

/* Inputs and outputs. */
struct slices sliced_wasserstein_read(struct call *call);

void sliced_wasserstein_answer(struct call *call);
