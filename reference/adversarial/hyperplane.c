// SPDX-License-Identifier: MIT
#include "hyperplane.h"

enum hyperplane_norm hyperplane_norm(struct call *call)
{
    static const char *const norms[] = {"l2", "l_infinity", "l1", NULL};
    return (enum hyperplane_norm)call_choice(call, "norm", norms);
}

struct hyperplane hyperplane_measure(real *r, const real *v, enum hyperplane_norm norm, int last,
                                     size_t D)
{
    struct hyperplane plane = {0};
    if (norm == HYPERPLANE_L2) {
        plane.square = sum_products(0, D, v, 1, v, 1);
        plane.dual = real_sqrt(plane.square);
    }
    for (size_t d = 0; d < D; d++)
        r[d] = real_abs(v[d]);
    if (norm == HYPERPLANE_L_INFINITY)
        plane.dual = sum_features(D, r, 1);
    for (size_t d = 0; d < D && norm == HYPERPLANE_L1; d++) {
        if (r[d] > plane.dual || (last && r[d] == plane.dual)) {
            plane.dual = r[d];
            plane.largest = d;
        }
    }
    return plane;
}

void hyperplane_reach(real *r, real m, const real *v, const struct hyperplane *plane,
                      enum hyperplane_norm norm, size_t D)
{
    real along = norm == HYPERPLANE_L2 ? m / plane->square : m / plane->dual;
    for (size_t d = 0; d < D; d++) {
        if (norm == HYPERPLANE_L2)
            r[d] = along * v[d];
        else if (norm == HYPERPLANE_L1 && d != plane->largest)
            r[d] = 0;
        else
            r[d] = v[d] > 0 ? along : v[d] < 0 ? -along : 0;
    }
}

real hyperplane_length(real *change, enum hyperplane_norm norm, size_t D)
{
    real largest = 0;
    if (norm == HYPERPLANE_L2)
        return real_sqrt(sum_products(0, D, change, 1, change, 1));
    for (size_t d = 0; d < D; d++) {
        change[d] = real_abs(change[d]);
        largest = change[d] > largest ? change[d] : largest;
    }
    return norm == HYPERPLANE_L1 ? sum_features(D, change, 1) : largest;
}
