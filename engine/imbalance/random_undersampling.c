// SPDX-License-Identifier: MIT
/* Random undersampling; definition in reference/imbalance/random_undersampling.h.
 *
 * How it is distributed: labels and draws are whole on every rank, and the plan follows from them
 * everywhere alike; the samples that are kept are sharded. Nothing crosses the network.
 */
#include "kept.h"

#include <stdlib.h>

enum strategy { NOT_MINORITY, NOT_MAJORITY, MAJORITY, ALL, RATIO, COUNTS };

static bool names(enum strategy strategy, const struct classes *is, size_t c)
{
    switch (strategy) {
    case NOT_MINORITY:
    case RATIO:
        return c != is->smallest;
    case NOT_MAJORITY:
        return c != is->largest;
    case MAJORITY:
        return c == is->largest;
    default:
        return true;
    }
}

/* next[c] .. : where the samples of each class go. */
static void by_order(struct question *q, const struct classes *is, const size_t *goal,
                     const bool *named, const size_t *next, size_t *kept)
{
    const int *order = question_integers(q, "order", "N", 0, (int)is->N - 1);
    struct arena *arena = question_arena(q);
    bool *seen = arena_take(arena, is->N, sizeof *seen);
    size_t *taken = arena_take(arena, is->C, sizeof *taken);
    for (size_t i = 0; i < is->N; i++) {
        const size_t n = (size_t)order[i], c = (size_t)is->label[n];
        if (seen[n])
            question_refuse(q, "its input 'order' names sample %zu twice; give a permutation", n);
        seen[n] = true;
        if (named[c] && taken[c] < goal[c])
            kept[next[c] + taken[c]++] = n;
    }
}

static void by_uniforms(struct question *q, const struct classes *is, const size_t *goal,
                        const bool *named, const size_t *next, size_t *kept)
{
    const scalar *u = question_input(q, "u", "U");
    for (size_t c = 0, at = 0; c < is->C; c++) {
        size_t members;
        const size_t *member = classes_list(q, is, c, false, &members);
        for (size_t i = 0; named[c] && i < goal[c]; i++, at++) {
            if (!(u[at] >= 0) || !(u[at] < 1))
                question_refuse(q, "element %zu of its input 'u' must be from 0 to below 1", at);
            const size_t drawn = (size_t)(u[at] * (scalar)members);
            kept[next[c] + i] = member[drawn < members ? drawn : members - 1];
        }
    }
}

static int by_number(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

void random_undersampling_run(struct question *q)
{
    static const char *const strategies[] = {"not_minority", "not_majority", "majority", "all",
                                             "ratio",        "counts",       NULL};
    static const char *const replacement[] = {"no", "yes", NULL};
    static const char *const arrangements[] = {"class", "data", NULL};
    const struct classes is = classes_count(q);
    const scalar *x = question_input(q, "x", "ND");
    const size_t *goal = classes_shrunk(q, &is);
    const enum strategy strategy = (enum strategy)question_choice(q, "strategy", strategies);
    const bool replaces = question_choice(q, "replacement", replacement) == 1;
    struct arena *arena = question_arena(q);
    bool *named = arena_take(arena, is.C, sizeof *named);
    size_t *next = arena_take(arena, is.C, sizeof *next), M = 0, drawn = 0, members;
    size_t *kept = arena_take(arena, is.N, sizeof *kept);
    for (size_t c = 0; c < is.C; c++) {
        named[c] = names(strategy, &is, c);
        next[c] = M;
        const size_t *member = classes_list(q, &is, c, false, &members);
        for (size_t i = 0; i < goal[c]; i++)
            kept[M + i] = member[i];
        drawn += named[c] ? goal[c] : 0;
        M += goal[c];
    }
    question_bind(q, 'U', drawn);
    (replaces ? by_uniforms : by_order)(q, &is, goal, named, next, kept);
    if (question_choice(q, "arrangement", arrangements) == 1 && M > 1)
        qsort(kept, M, sizeof *kept, by_number);
    kept_store(q, &is, x, kept, M);
}
