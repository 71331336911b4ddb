// SPDX-License-Identifier: MIT
/* blend.h - how far to go from each sample towards a place of another class; definition in
 * reference/adversarial/blend.h. Every rank goes with its own samples. */
#pragma once

#include "victim.h"

struct blend {
    struct victim *victim;
    const scalar *end; /* (rows,D) */
    bool shrinking;
    scalar *point; /* (rows,D) */
    int *class;
};

struct blend blend_create(struct question *q, struct victim *victim, const scalar *end,
                          bool shrinking);
/* Whether the class of a sample at `point` is what is wanted. */
bool blend_succeeds(const struct blend *blend, size_t n);
void blend_try(struct blend *blend, const scalar *e);
void blend_bisect(struct blend *blend, scalar *tested, scalar *lower, scalar *upper, size_t T,
                  bool from_zero);
void blend_distances(struct question *q, const struct blend *blend, scalar *distance, bool largest);
