// SPDX-License-Identifier: MIT
#include "neighbours_forks.h"

real rival_distance(const struct points *is, enum rival_metric metric, size_t a, size_t b)
{
    const real *x = &is->x[a * is->D], *y = &is->x[b * is->D];
    real sum = 0, xx = 0, yy = 0, xy = 0, largest = 0;
    for (size_t d = is->D; d-- > 0;) {
        real gap = real_abs(x[d] - y[d]);
        sum = sum + (metric == CITY_BLOCKS ? gap : gap * gap);
        largest = gap > largest ? gap : largest;
        xx = xx + x[d] * x[d];
        yy = yy + y[d] * y[d];
        xy = xy + x[d] * y[d];
    }
    if (metric == EXPANDED)
        return xx + yy - 2 * xy;
    return metric == LARGEST_GAP ? largest : sum;
}

/* Whether a is nearer to n than b. */
static int nearer(const struct points *is, enum rival_metric metric, size_t n, size_t a, size_t b)
{
    real da = rival_distance(is, metric, n, a), db = rival_distance(is, metric, n, b);
    if (metric == FARTHEST_FIRST)
        return da > db || (!(da < db) && a < b);
    if (da < db || db < da)
        return da < db;
    return is->last_wins ? a > b : a < b;
}

int rival_neighbour(const struct points *is, enum rival_metric metric, size_t n, const int *member,
                    size_t members, int rank)
{
    if (metric == SELF_COUNTS && rank-- == 0)
        return (int)n;
    for (size_t m = 0; m < members; m++) {
        size_t at = (size_t)member[m];
        int before = 0;
        for (size_t j = 0; j < members; j++) {
            if (j != m && (size_t)member[j] != n)
                before += nearer(is, metric, n, (size_t)member[j], at);
        }
        if (at != n && before == rank)
            return member[m];
    }
    return (int)n;
}
