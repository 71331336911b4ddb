// SPDX-License-Identifier: MIT
/* toy_saddle.h - f(w) = sum_i c_i w_i^2 / 2, where one curvature is negative. */
#pragma once

#include "../lab/replica.h"

enum { TOY_AXES = 6, TOY_LIMIT = 20000 };

struct toy_saddle {
    float c[TOY_AXES], start[TOY_AXES];
};

/* c_0 from -0.01 to -0.1, c_1 = 1, the others from 0.1 to 1, evenly in the logarithm. Starts at
 * 0.001 along axis 0, normal along the others. */
struct toy_saddle toy_saddle_random(struct replica *r);

/* Steps of gradient descent until |w_0| is 1 and the others are no further from 0 than at the
 * start, or TOY_LIMIT. share (TOY_LIMIT): what the rate of each step is multiplied with; NULL: 1. */
double toy_saddle_steps(struct replica *r, const struct toy_saddle *saddle, double rate,
                        const float *share);
