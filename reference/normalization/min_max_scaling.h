// SPDX-License-Identifier: MIT
/* Min-max scaling: each feature to a given range.
 *
 *     minimum[d] = min_n x[n,d],  maximum[d] = max_n x[n,d]
 *     z[n,d]     = (x[n,d] - minimum[d]) / span[d] (high - low) + low
 *
 * N training samples, D features; x (N,D). span is maximum - minimum, or 1 for a constant column.
 * The extremes belong to x alone; other data x_new (M,D) is scaled by them into z_new, and may
 * leave the range.
 *
 * Conventions: clip = no (default) or yes: z is then held in [low, high] (scikit-learn's clip).
 *     Numbers: low (0), high (1); high <= low is refused.
 * Source: documents 000, 002, 003 Q14, 004 G10; scikit-learn's MinMaxScaler.
 * Edge cases: a constant column gives z = low, and x_new - x + low there for high - low = 1: no
 *     division by 0. N = 0 is refused.
 * Order of operations: ((x - minimum) / span) (high - low) + low, each rounded; high - low and span
 *     first. Extremes are exact in any order.
 */
#pragma once

#include "../call.h"

/* minimum and maximum (D) of x (N,D). */
void min_max_scaling_fit(real *minimum, real *maximum, const real *x, size_t N, size_t D);

struct min_max_range {
    real low, high;
    int clip;
};
struct min_max_range min_max_range_read(struct call *call);

/* z (N,D) of x (N,D) by extremes (D). */
void min_max_scaling_apply(real *z, const real *x, const real *minimum, const real *maximum,
                           const struct min_max_range *range, size_t N, size_t D);

/* Inputs x, optionally x_new; outputs minimum, maximum, z, and z_new. */
void min_max_scaling_answer(struct call *call);
