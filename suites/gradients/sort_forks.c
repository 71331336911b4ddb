// SPDX-License-Identifier: MIT
#include "../../reference/gradients/sort.h"
#include "../fork.h"

/* One after another: the best of those left. */
static void selection(struct call *call)
{
    struct sorting s = sorting_read(call);
    int *taken = call_scratch_integers(call, s.N * s.C);
    for (size_t i = 0; i < s.N * s.K; i++) {
        size_t n = i / s.K, best = s.C;
        for (size_t c = 0; c < s.C; c++) {
            real x = s.x[n * s.C + c], top = best < s.C ? s.x[n * s.C + best] : 0;
            if (!taken[n * s.C + c] && (best == s.C || (s.ascending ? x < top : x > top)))
                best = c;
        }
        taken[n * s.C + best] = 1;
        s.y[i] = s.x[n * s.C + best];
        s.index[i] = real_count(best);
        s.dx[n * s.C + best] = s.dy[i];
    }
}

enum mistake { NOT_INVERTED, UNMOVED, LAST_FIRST, REVERSED_ASCENDING, REST_KEPT, UPSTREAM_IGNORED };

static void wrong_row(const struct sorting *s, enum mistake mistake, size_t n)
{
    real *dx = &s->dx[n * s->C];
    const real *dy = &s->dy[n * s->K], *index = &s->index[n * s->K];
    for (size_t c = 0; c < s->C; c++) {
        if (mistake == NOT_INVERTED)
            dx[c] = c < s->K && (size_t)index[c] < s->K ? dy[(size_t)index[c]] : 0;
        else if (mistake == UNMOVED)
            dx[c] = c < s->K ? dy[c] : 0;
        else if (mistake == UPSTREAM_IGNORED)
            dx[c] = dx[c] != 0 ? 1 : 0;
    }
    for (size_t c = 0; mistake == REST_KEPT && c < s->C; c++) {
        int chosen = 0;
        for (size_t k = 0; k < s->K; k++)
            chosen |= (size_t)index[k] == c;
        dx[c] = chosen ? dx[c] : dy[s->K - 1];
    }
}

/* Ties with the larger index first: always, or only when ascending (a sort read backwards). */
static void ties_reversed(const struct sorting *s, size_t n)
{
    const real *x = &s->x[n * s->C];
    for (size_t c = 0; c < s->C; c++)
        s->dx[n * s->C + c] = 0;
    for (size_t c = 0; c < s->C; c++) {
        size_t rank = 0;
        for (size_t j = 0; j < s->C; j++)
            rank += x[j] == x[c] ? j > c : sorting_before(s, x, j, c) != 0;
        if (rank >= s->K)
            continue;
        s->index[n * s->K + rank] = real_count(c);
        s->dx[n * s->C + c] = s->dy[n * s->K + rank];
    }
}

static void wrong(struct call *call)
{
    struct sorting s = sorting_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    sorting_answer(&s);
    for (size_t n = 0; n < s.N; n++) {
        if (mistake == LAST_FIRST || (mistake == REVERSED_ASCENDING && s.ascending))
            ties_reversed(&s, n);
        else
            wrong_row(&s, mistake, n);
    }
}

static const struct fork table[] = {
    {.info = {"selection", FORK_TWIN, "", "The best of those left, one after another.", NULL},
     .answer = selection},
    {.info = {"not_inverted", FORK_BUG, "210", "dy is gathered by the index, not scattered.", NULL},
     .answer = wrong,
     .variant = NOT_INVERTED},
    {.info = {"unmoved", FORK_BUG, "210", "dy stays in sorted order.", NULL},
     .answer = wrong,
     .variant = UNMOVED},
    {.info = {"last_first", FORK_CONVENTION, "221", "Ties with the larger index first.", NULL},
     .answer = wrong,
     .variant = LAST_FIRST},
    {.info = {"read_backwards", FORK_CONVENTION, "221", "The ascending order read backwards.",
              NULL},
     .answer = wrong,
     .variant = REVERSED_ASCENDING},
    {.info = {"rest_kept", FORK_BUG, "", "Values outside of the top have a gradient.", NULL},
     .answer = wrong,
     .variant = REST_KEPT},
    {.info = {"upstream_ignored", FORK_BUG, "", "Ones at the values that were taken.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"always_descending", FORK_BUG, "", "The order is ignored.", NULL},
     .instead = {"order", "descending"}},
};

const struct fork_list sort_forks = {sizeof table / sizeof *table, table};
