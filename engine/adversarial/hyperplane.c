// SPDX-License-Identifier: MIT
#include "hyperplane.h"

enum hyperplane_norm hyperplane_norm(struct question *q)
{
    static const char *const norms[] = {"l2", "l_infinity", "l1", NULL};
    return (enum hyperplane_norm)question_choice(q, "norm", norms);
}

void hyperplane_measure(const struct team *team, struct hyperplane *plane, const scalar *v,
                        size_t D)
{
    plane->dual = plane->square = 0;
    plane->place = 0;
    switch (plane->norm) {
    case TO_L2:
        team_row_products(team, 1, D, v, v, &plane->square);
        plane->dual = scalar_sqrt(plane->square);
        break;
    case TO_L_INFINITY:
        for (size_t d = 0; d < D; d++)
            plane->dual += scalar_absolute(v[d]);
        break;
    case TO_L1:
        for (size_t d = 0; d < D; d++) {
            const scalar size = scalar_absolute(v[d]);
            if (size < plane->dual || (size == plane->dual && !plane->last))
                continue;
            plane->place = d;
            plane->dual = size;
        }
        break;
    }
}

void hyperplane_reach(scalar *r, scalar m, const scalar *v, const struct hyperplane *plane,
                      size_t D)
{
    const scalar share = m / (plane->norm == TO_L2 ? plane->square : plane->dual);
    for (size_t d = 0; d < D; d++) {
        const bool rests = v[d] == 0 || (plane->norm == TO_L1 && d != plane->place);
        if (plane->norm == TO_L2)
            r[d] = share * v[d];
        else
            r[d] = rests ? 0 : v[d] > 0 ? share : -share;
    }
}

scalar hyperplane_length(const struct team *team, enum hyperplane_norm norm, const scalar *change,
                         size_t D)
{
    scalar total = 0;
    if (norm == TO_L2) {
        team_row_products(team, 1, D, change, change, &total);
        return scalar_sqrt(total);
    }
    for (size_t d = 0; d < D; d++) {
        const scalar size = scalar_absolute(change[d]);
        total = norm == TO_L1 ? total + size : size > total ? size : total;
    }
    return total;
}
