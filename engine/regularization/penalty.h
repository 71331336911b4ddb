// SPDX-License-Identifier: MIT
/* penalty.h - sums over parameters that are sharded by canonical blocks, as samples are. */
#pragma once

#include "../techniques.h"

/* The sums over axis `letter` of |v| and of v^2 for this rank's values: chains within the blocks,
 * the squares fused, then the fixed tree over the blocks. Collective. */
struct norms {
    scalar absolute, square;
};
struct norms penalty_norms(struct question *q, char letter, const scalar *v);

/* The upstream gradient: input dpenalty, or 1. */
scalar penalty_upstream(struct question *q);

/* A number that must not be negative. */
scalar penalty_strength(struct question *q, const char *name);

/* The number samples, at least 1. */
scalar penalty_samples(struct question *q);

/* -1, `at_zero` or 1. */
static inline scalar penalty_sign(scalar v, scalar at_zero)
{
    return v > 0 ? 1 : v < 0 ? -1 : at_zero;
}
