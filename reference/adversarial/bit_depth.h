// SPDX-License-Identifier: MIT
/* bit_depth.h - values of a box on 2^bits - 1 steps; used by feature_squeezing and
 * defense_in_depth.
 *
 *     low + (high - low) R(L (x - low) / (high - low)) / L,  L = 2^bits - 1
 *
 * Order of operations: ((x - low) / (high - low)) L, rounded, divided by L, times (high - low),
 *     plus
 * low. Decisions: the distances from the next other level.
 */
#pragma once

#include "../call.h"

enum bit_rounding { BIT_HALF_EVEN, BIT_HALF_AWAY, BIT_DOWN };

struct bit_depth {
    real low, high, steps;
    enum bit_rounding rounding;
};

/* The value of x in [low, high]. */
real bit_depth_reduce(struct call *call, const struct bit_depth *is, real x);
