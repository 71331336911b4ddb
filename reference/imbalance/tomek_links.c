// SPDX-License-Identifier: MIT
#include "tomek_links.h"

void tomek_links_find(struct call *call, const struct cleaning *is, int *nearest, int *link)
{
    size_t N = is->points.N;
    const int *all = points_all(call, &is->points), *label = is->classes.label;
    for (size_t n = 0; n < N; n++)
        points_nearest(call, &nearest[n], NULL, &is->points, n, all, N, 1);
    for (size_t n = 0; n < N; n++) {
        int m = nearest[n];
        link[n] = nearest[m] == (int)n && label[m] != label[n] ? m : -1;
    }
}

void tomek_links_answer(struct call *call)
{
    struct cleaning is = cleaning_read(call);
    size_t N = is.points.N;
    if (N < 2)
        call_fail(call, "input 'x' has one sample, which has no neighbour");
    int *nearest = call_scratch_integers(call, N), *link = call_scratch_integers(call, N);
    int *removed = call_scratch_integers(call, N);
    tomek_links_find(call, &is, nearest, link);
    for (size_t n = 0; n < N; n++)
        removed[n] = link[n] >= 0 && is.cleans[is.classes.label[n]];
    real *nearest_out = call_output_integers(call, "nearest", "N");
    real *link_out = call_output_integers(call, "link", "N");
    for (size_t n = 0; n < N; n++) {
        nearest_out[n] = (real)nearest[n];
        link_out[n] = (real)link[n];
    }
    cleaning_report(call, &is, removed);
}
