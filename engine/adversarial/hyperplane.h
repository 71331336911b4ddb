// SPDX-License-Identifier: MIT
/* hyperplane.h - the shortest r with v r = m in a norm; definition in
 * reference/adversarial/hyperplane.h. Every rank does it alone, for its own samples. */
#pragma once

#include "../techniques.h"

enum hyperplane_norm { TO_L2, TO_L_INFINITY, TO_L1 };

enum hyperplane_norm hyperplane_norm(struct question *q);

/* By what m is divided: |v|_1, the largest |v| (at `place`), or |v|_2 and its square. */
struct hyperplane {
    enum hyperplane_norm norm;
    bool last; /* of the largest */
    scalar dual, square;
    size_t place;
};

void hyperplane_measure(const struct team *team, struct hyperplane *plane, const scalar *v,
                        size_t D);
void hyperplane_reach(scalar *r, scalar m, const scalar *v, const struct hyperplane *plane,
                      size_t D);

/* The norm of change (D). */
scalar hyperplane_length(const struct team *team, enum hyperplane_norm norm, const scalar *change,
                         size_t D);
