// SPDX-License-Identifier: MIT
#include "classes.h"

enum which { ALL_BUT_LARGEST, ALL_BUT_SMALLEST, SMALLEST, LARGEST, EVERY, BY_RATIO, BY_COUNTS };

struct classes classes_count(struct question *q)
{
    struct classes is = {.C = question_count(q, "classes", 1, 1 << 12)};
    is.label = question_integers(q, "label", "N", 0, (int)is.C - 1);
    is.N = question_size(q, 'N');
    if (is.N == 0)
        question_refuse(q, "its input 'label' has no samples; give at least one");
    question_bind(q, 'C', is.C);
    is.count = arena_take(question_arena(q), is.C, sizeof *is.count);
    for (size_t n = 0; n < is.N; n++)
        is.count[is.label[n]]++;
    is.smallest = is.C;
    for (size_t c = is.C; c-- > 0;) { /* downwards, so that the smaller label wins */
        if (is.count[c] > 0 && (is.smallest == is.C || is.count[c] <= is.count[is.smallest]))
            is.smallest = c;
        if (is.count[c] >= is.count[is.largest])
            is.largest = c;
    }
    return is;
}

static bool concerns(enum which which, const struct classes *is, size_t c)
{
    if (which == SMALLEST || which == ALL_BUT_SMALLEST)
        return (c == is->smallest) == (which == SMALLEST);
    if (which == LARGEST || which == ALL_BUT_LARGEST)
        return (c == is->largest) == (which == LARGEST);
    return true;
}

static scalar ratio_of(struct question *q)
{
    const scalar ratio = question_number(q, "ratio");
    if (!(ratio > 0 && ratio <= 1))
        question_refuse(q, "its number 'ratio' is %g; it must be above 0 and at most 1",
                        (double)ratio);
    return ratio;
}

static size_t *goals(struct question *q, const struct classes *is, enum which which, size_t size)
{
    size_t *goal = arena_take(question_arena(q), is->C, sizeof *goal);
    const int *counts = NULL;
    if (which == BY_COUNTS)
        counts = question_integers(q, "counts", "C", 0, 1 << 24);
    for (size_t c = 0; c < is->C; c++) {
        const bool changes = is->count[c] > 0 && concerns(which, is, c);
        goal[c] = counts != NULL ? (size_t)counts[c] : changes ? size : is->count[c];
    }
    return goal;
}

/* A ratio cannot be kept when it asks for less of what is added, or more of what is removed. */
static void check_goals(struct question *q, const struct classes *is, bool grows,
                        const size_t *goal, const char *kind, const char *name)
{
    for (size_t c = 0; c < is->C; c++) {
        const bool wrong = grows ? goal[c] < is->count[c] || (goal[c] > 0 && is->count[c] == 0)
                                 : goal[c] > is->count[c];
        if (wrong)
            question_refuse(q, "its %s '%s' gives class %zu %zu samples, but it has %zu", kind,
                            name, c, goal[c], is->count[c]);
    }
}

size_t *classes_grown(struct question *q, const struct classes *is)
{
    static const char *const strategies[] = {"not_majority", "not_minority", "minority", "all",
                                             "ratio",        "counts",       NULL};
    static const enum which meaning[] = {ALL_BUT_LARGEST, ALL_BUT_SMALLEST, SMALLEST,
                                         EVERY,           BY_RATIO,         BY_COUNTS};
    const enum which which = meaning[question_choice(q, "strategy", strategies)];
    const size_t most = is->count[is->largest];
    if (which != BY_RATIO) {
        size_t *goal = goals(q, is, which, most);
        check_goals(q, is, true, goal, "input", "counts");
        return goal;
    }
    size_t *goal = goals(q, is, ALL_BUT_LARGEST, (size_t)(ratio_of(q) * (scalar)most));
    check_goals(q, is, true, goal, "number", "ratio");
    return goal;
}

size_t *classes_shrunk(struct question *q, const struct classes *is)
{
    static const char *const strategies[] = {"not_minority", "not_majority", "majority", "all",
                                             "ratio",        "counts",       NULL};
    static const enum which meaning[] = {ALL_BUT_SMALLEST, ALL_BUT_LARGEST, LARGEST, EVERY,
                                         BY_RATIO,         BY_COUNTS};
    const enum which which = meaning[question_choice(q, "strategy", strategies)];
    const size_t least = is->count[is->smallest];
    if (which != BY_RATIO) {
        size_t *goal = goals(q, is, which, least);
        check_goals(q, is, false, goal, "input", "counts");
        return goal;
    }
    const scalar exact = (scalar)least / ratio_of(q);
    size_t *goal = goals(q, is, ALL_BUT_SMALLEST, exact < (scalar)is->N ? (size_t)exact : is->N);
    check_goals(q, is, false, goal, "number", "ratio");
    return goal;
}

size_t *classes_list(struct question *q, const struct classes *is, size_t c, bool others,
                     size_t *members)
{
    const size_t count = others ? is->N - is->count[c] : is->count[c];
    size_t *list = arena_take(question_arena(q), count, sizeof *list), m = 0;
    for (size_t n = 0; n < is->N; n++)
        if (((size_t)is->label[n] != c) == others)
            list[m++] = n;
    *members = m;
    return list;
}

size_t **classes_in_order(struct question *q, const struct classes *is, size_t *place)
{
    struct arena *arena = question_arena(q);
    const int *order = question_integers(q, "order", "N", 0, (int)is->N - 1);
    bool *seen = arena_take(arena, is->N, sizeof *seen);
    size_t **member = arena_take(arena, is->C, sizeof *member);
    size_t *found = arena_take(arena, is->C, sizeof *found);
    for (size_t c = 0; c < is->C; c++)
        member[c] = arena_take(arena, is->count[c], sizeof *member[c]);
    for (size_t i = 0; i < is->N; i++) {
        const size_t n = (size_t)order[i], c = (size_t)is->label[n];
        if (seen[n])
            question_refuse(q, "its input 'order' names sample %zu twice; give a permutation", n);
        seen[n] = true;
        if (place != NULL)
            place[n] = found[c];
        member[c][found[c]++] = n;
    }
    return member;
}
