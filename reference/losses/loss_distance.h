// SPDX-License-Identifier: MIT
/* loss_distance.h - the distance of two embeddings, for the losses that pull and push them.
 *
 *     u = a - b,  s = sum_d u[d]^2,  distance = sqrt(s)
 *
 * Conventions: epsilon_place = none (default); difference (PyTorch): u = (a - b) + epsilon;
 *     sum (MLX): s = epsilon + the sum. epsilon 1e-6.
 * Order of operations: a chain of u u over d from 0, then epsilon.
 */
#pragma once

#include "../call.h"

enum epsilon_place { EPSILON_NONE, EPSILON_DIFFERENCE, EPSILON_SUM };

struct loss_distance {
    enum epsilon_place place;
    real epsilon;
};

/* Reads the conventions. */
struct loss_distance loss_distance_begin(struct call *call);

/* u (D) and s, from a and b (D). */
real loss_distance_squared(real *u, const real *a, const real *b, size_t D,
                           const struct loss_distance *how);
