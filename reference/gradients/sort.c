// SPDX-License-Identifier: MIT
#include "sort.h"

struct sorting sorting_read(struct call *call)
{
    static const char *const orders[] = {"descending", "ascending", NULL};
    struct sorting s = {.ascending = call_choice(call, "order", orders)};
    s.x = call_input(call, "x", "NC");
    s.dy = call_input(call, "dy", "NK");
    s.N = call_size(call, 'N');
    s.C = call_size(call, 'C');
    s.K = call_size(call, 'K');
    if (s.K > s.C)
        call_fail(call, "input 'dy' asks for %zu of %zu values", s.K, s.C);
    s.y = call_output(call, "y", "NK");
    s.index = call_output_integers(call, "index", "NK");
    s.dx = call_output(call, "dx", "NC");
    return s;
}

int sorting_before(const struct sorting *s, const real *x, size_t a, size_t b)
{
    if (x[a] == x[b])
        return a < b;
    return s->ascending ? x[a] < x[b] : x[a] > x[b];
}

void sorting_answer(const struct sorting *s)
{
    for (size_t n = 0; n < s->N; n++) {
        const real *x = &s->x[n * s->C];
        for (size_t c = 0; c < s->C; c++) {
            size_t rank = 0; /* how many come before */
            for (size_t j = 0; j < s->C; j++)
                rank += sorting_before(s, x, j, c) ? 1 : 0;
            if (rank >= s->K)
                continue;
            s->y[n * s->K + rank] = x[c];
            s->index[n * s->K + rank] = real_count(c);
            s->dx[n * s->C + c] = s->dy[n * s->K + rank];
        }
    }
}

void sort_answer(struct call *call)
{
    struct sorting s = sorting_read(call);
    sorting_answer(&s);
    real *distance = call_scratch(call, s.C);
    for (size_t n = 0; n < s.N; n++) {
        for (size_t c = 0; c < s.C; c++) {
            for (size_t j = 0; j < c; j++)
                distance[j] = s.x[n * s.C + c] - s.x[n * s.C + j];
            call_decisions(call, c, distance);
        }
    }
}
