// SPDX-License-Identifier: MIT
/* What attacks do with gradients and perturbations, for each of three norms.
 *
 *     direction of steepest ascent within a ball of radius 1, of a gradient g (D):
 *         linf:  sign(g)           l2:  g / |g|_2           l1:  see l1_step
 *     projection of a perturbation v (D) on the ball of radius r:
 *         linf:  each element to [-r, r]       l2:  v r / |v|_2 where |v|_2 > r
 *         l1:    sign(v) max(|v| - theta, 0) where |v|_1 > r
 *     theta = (sum of the j largest |v| - r) / j with the largest j whose j-th |v| is above theta
 *
 * Conventions:
 *   norm = linf (default), l2, l1.
 *   zero_sign = zero (default; NumPy, PyTorch, JAX): sign(0) = 0, so inputs that no unit sees stay;
 *     plus: sign(0) = 1 (g >= 0 ? 1 : -1).
 *   floor (of |g|_2, and of |g|_1 in l1_step = whole), with the number tiny (1e-12):
 *     norm (Foolbox, default): max(|g|, tiny); squares (CleverHans; l2 only): sqrt(max(|g|^2,
 *     tiny)); added (torchattacks, ART before 1.5): |g| + tiny; none (ART): |g|, and g = 0 stays 0.
 *   l1_step = whole (Foolbox, default): g / |g|_1; largest (ART): the sign of the largest |g|, the
 *     first of equal ones, and 0 elsewhere; shared (CleverHans): the signs of all equal largest
 *     ones, divided by their number.
 *   l1_projection = euclidean (default; Duchi et al. 2008); rescaled (Foolbox; ART's suboptimal):
 *     v r / |v|_1 where |v|_1 > r.
 *
 * Edge cases: a gradient of zeros has the direction 0 (linf with zero_sign = plus: 1 everywhere;
 *     l1_step largest and shared: 0). Refused: tiny not above 0, squares with l1.
 * Order of operations: |v|_2 is the root of one chain of fused multiply-adds over the features,
 *     |v|_1 a chain of additions; v (r / |v|). Sums of the largest |v| in descending order.
 */
#pragma once

#include "../call.h"

enum norm { NORM_LINF, NORM_L2, NORM_L1 };
enum norm_floor { FLOOR_NORM, FLOOR_SQUARES, FLOOR_ADDED, FLOOR_NONE };
enum l1_step { L1_WHOLE, L1_LARGEST, L1_SHARED };

struct perturbation {
    size_t D;
    enum norm norm;
    enum norm_floor floor;
    enum l1_step l1_step;
    int plus;     /* zero_sign */
    int rescaled; /* l1_projection */
    real tiny;
    real *order; /* (D): scratch */
};

/* Reads norm, zero_sign, floor, tiny, l1_step and l1_projection. */
void perturbation_read(struct call *call, struct perturbation *is, size_t D);

/* |v| of D numbers. */
real perturbation_norm(const struct perturbation *is, const real *v);

/* direction (N,D) of gradients (N,D); they may be the same array. */
void perturbation_direction(const struct perturbation *is, real *direction, const real *gradient,
                            size_t N);

/* v (N,D) on the balls of this radius, in place. */
void perturbation_project(const struct perturbation *is, real *v, real radius, size_t N);

/* States what directions of these gradients depend on: signs, or which element is the largest. */
void perturbation_decisions(struct call *call, const struct perturbation *is, const real *gradient,
                            size_t N);
