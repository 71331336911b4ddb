// SPDX-License-Identifier: MIT
#include "neighbours.h"

struct points points_read(struct call *call)
{
    static const char *const ties[] = {"first", "last", NULL};
    struct points is = {.x = call_input(call, "x", "ND")};
    is.N = call_size(call, 'N');
    is.D = call_size(call, 'D');
    is.last_wins = call_choice(call, "ties", ties);
    return is;
}

real points_distance(struct call *call, const struct points *is, size_t a, size_t b)
{
    real *gap = call_scratch(call, is->D);
    for (size_t d = 0; d < is->D; d++)
        gap[d] = is->x[a * is->D + d] - is->x[b * is->D + d];
    return sum_products(R(0.0), is->D, gap, 1, gap, 1);
}

/* The nearest of those that are not taken yet, by its place in the list; -1 when there is none. */
static int next_nearest(const struct points *is, size_t members, const real *d2, const int *taken)
{
    int best = -1;
    for (size_t i = 0; i < members; i++) {
        size_t m = is->last_wins ? members - 1 - i : i;
        if (!taken[m] && (best < 0 || d2[m] < d2[best]))
            best = (int)m;
    }
    return best;
}

void points_nearest(struct call *call, int *near, real *squared, const struct points *is, size_t n,
                    const int *member, size_t members, size_t k)
{
    real *d2 = call_scratch(call, members), *gap = call_scratch(call, k);
    int *taken = call_scratch_integers(call, members), before = -1;
    for (size_t m = 0; m < members; m++) {
        taken[m] = (size_t)member[m] == n;
        d2[m] = points_distance(call, is, (size_t)member[m], n);
    }
    size_t gaps = 0;
    for (size_t i = 0; i <= k; i++) {
        int best = next_nearest(is, members, d2, taken);
        if (best < 0)
            break;
        if (i > 0)
            gap[gaps++] = d2[best] - d2[before];
        taken[best] = 1;
        before = best;
        if (i == k)
            break;
        near[i] = member[best];
        if (squared)
            squared[i] = d2[best];
    }
    call_decisions(call, gaps, gap);
}

int *points_all(struct call *call, const struct points *is)
{
    int *all = call_scratch_integers(call, is->N);
    for (size_t n = 0; n < is->N; n++)
        all[n] = (int)n;
    return all;
}
