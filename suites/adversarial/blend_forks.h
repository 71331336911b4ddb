// SPDX-License-Identifier: MIT
/* blend_forks.h - searches between a sample and an end by another way, for the twins and bugs of
 * contrast_reduction_attack and boundary_bisection: x and a part of the way to the end. */
#pragma once

#include "jacobian_forks.h"

enum blend_mistake {
    BLEND_RIGHT,
    BLEND_OTHER_WAY,  /* e of x and the rest of the end */
    BLEND_NEAR_SIDE,  /* lower is the answer */
    BLEND_LAST_TRIED, /* the last e that was tried is the answer */
    BLEND_SIDES_SWAPPED,
    BLEND_SHARED, /* all samples must succeed */
    BLEND_TARGET_FLED,
    BLEND_DISTANCE_OF_POINT,
    BLEND_DISTANCE_SQUARED,
    BLEND_HALVES_OF_LOWER, /* e = upper / 2 */
    BLEND_OTHERS           /* mistakes of one technique alone begin here */
};

struct blending {
    int mistake; /* enum blend_mistake */
    struct victim *victim;
    struct jacobian at;
    const real *end; /* (N,D) */
    int shrinking;
    real *point; /* (N,D) */
    int *success;
};

struct blending blending_create(struct call *call, struct victim *victim, const real *end);

/* point and success at e (N). */
void blending_try(struct blending *is, const real *e);

void blending_bisect(struct blending *is, real *tested, real *lower, real *upper, size_t T,
                     int from_zero);
void blending_distances(struct blending *is, real *distance);
