// SPDX-License-Identifier: MIT
/* NearMiss; definition in reference/imbalance/near_miss.h.
 *
 * How it is distributed: the samples that are judged are shared out among the ranks, which search
 * their neighbours; numbers of neighbours and squared distances, each known to one rank, cross the
 * network. Averages and the order of samples follow everywhere alike.
 */
#include "classes.h"
#include "neighbours.h"

enum version { ONE, TWO, THREE };

struct near_miss {
    struct classes classes;
    const scalar *x;
    size_t D, k, m;
    const size_t *goal;
    enum version version;
    bool last_wins;
    bool *candidate, *selected; /* (N) */
    scalar *average;            /* (N) */
};

/* The candidates of class c. */
static void admit(struct question *q, struct near_miss *is, size_t c)
{
    struct arena *arena = question_arena(q);
    size_t members, few;
    const size_t *member = classes_list(q, &is->classes, c, false, &members);
    const size_t *small = classes_list(q, &is->classes, is->classes.smallest, false, &few);
    for (size_t i = 0; i < members; i++)
        is->candidate[member[i]] = is->version != THREE;
    if (is->version != THREE)
        return;
    size_t *near = arena_take(arena, few * is->m, sizeof *near);
    struct neighbours *search = neighbours_prepare(q, is->x, is->D, member, members, is->m);
    neighbours_find_together(q, search, few, small, near, NULL);
    for (size_t i = 0; i < few * is->m; i++)
        is->candidate[near[i]] = true;
}

static void find_averages(struct question *q, struct near_miss *is)
{
    struct arena *arena = question_arena(q);
    const size_t N = is->classes.N;
    size_t few, count = 0, *who = arena_take(arena, N, sizeof *who);
    const size_t *small = classes_list(q, &is->classes, is->classes.smallest, false, &few);
    const size_t all = is->version == TWO ? few : is->k;
    for (size_t n = 0; n < N; n++)
        if (is->candidate[n])
            who[count++] = n;
    size_t *near = arena_take(arena, count * all, sizeof *near);
    scalar *squared = question_scratch(q, count * all);
    struct neighbours *search = neighbours_prepare(q, is->x, is->D, small, few, all);
    neighbours_find_together(q, search, count, who, near, squared);
    for (size_t i = 0; i < count; i++) {
        scalar sum = 0;
        for (size_t j = all - is->k; j < all; j++)
            sum += scalar_sqrt(squared[i * all + j]);
        is->average[who[i]] = sum / (scalar)is->k;
    }
}

static bool is_before(const struct near_miss *is, size_t a, size_t b)
{
    const scalar x = is->average[a], y = is->average[b];
    if (x != y)
        return is->version == THREE ? x > y : x < y;
    return is->last_wins ? a > b : a < b;
}

static void select_members(struct question *q, struct near_miss *is, size_t c)
{
    size_t members;
    const size_t *member = classes_list(q, &is->classes, c, false, &members);
    for (size_t i = 0; i < members; i++) {
        size_t before = 0;
        for (size_t j = 0; j < members; j++)
            before += is->candidate[member[j]] && is_before(is, member[j], member[i]);
        is->selected[member[i]] = is->candidate[member[i]] && before < is->goal[c];
    }
}

static void store(struct question *q, const struct near_miss *is)
{
    question_integers(q, "label", "[N]", 0, 1 << 12); /* cuts the samples */
    scalar *average = question_output(q, "average", "[N]");
    scalar *selected = question_output(q, "selected", "[N]"), *candidate = NULL;
    scalar *remaining = question_output(q, "remaining", "C");
    if (is->version == THREE)
        candidate = question_output(q, "candidate", "[N]");
    for (size_t i = 0; i < question_part(q, 'N'); i++) {
        const size_t n = question_first(q, 'N') + i;
        average[i] = is->average[n];
        selected[i] = is->selected[n] ? 1 : 0;
        if (candidate != NULL)
            candidate[i] = is->candidate[n] ? 1 : 0;
    }
    for (size_t n = 0; n < is->classes.N; n++)
        remaining[is->classes.label[n]] += is->selected[n] ? 1 : 0;
}

static struct near_miss read_near_miss(struct question *q)
{
    static const char *const versions[] = {"one", "two", "three", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct near_miss is = {.classes = classes_count(q), .x = question_input(q, "x", "ND")};
    const size_t *count = is.classes.count;
    is.D = question_size(q, 'D');
    is.goal = classes_shrunk(q, &is.classes);
    is.k = question_count_or(q, "neighbours", 3, 1, 1 << 20);
    is.m = question_count_or(q, "candidates", 3, 1, 1 << 20);
    is.version = (enum version)question_choice(q, "version", versions);
    is.last_wins = question_choice(q, "ties", ties) == 1;
    if (is.k > count[is.classes.smallest])
        question_refuse(q, "its number 'neighbours' is %zu, but the smallest class has %zu samples",
                        is.k, count[is.classes.smallest]);
    for (size_t c = 0; c < is.classes.C; c++)
        if (is.version == THREE && is.goal[c] < count[c] && is.m > count[c])
            question_refuse(q, "its number 'candidates' is %zu, but class %zu has %zu samples",
                            is.m, c, count[c]);
    is.candidate = arena_take(question_arena(q), is.classes.N, sizeof *is.candidate);
    is.selected = arena_take(question_arena(q), is.classes.N, sizeof *is.selected);
    is.average = question_scratch(q, is.classes.N);
    return is;
}

void near_miss_run(struct question *q)
{
    struct near_miss is = read_near_miss(q);
    const size_t C = is.classes.C, *count = is.classes.count;
    for (size_t c = 0; c < C; c++)
        if (is.goal[c] < count[c])
            admit(q, &is, c);
    find_averages(q, &is);
    for (size_t n = 0; n < is.classes.N; n++)
        is.selected[n] = is.goal[is.classes.label[n]] == count[is.classes.label[n]];
    for (size_t c = 0; c < C; c++)
        if (is.goal[c] < count[c])
            select_members(q, &is, c);
    store(q, &is);
}
