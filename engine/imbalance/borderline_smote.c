// SPDX-License-Identifier: MIT
/* Borderline-SMOTE; definition in reference/imbalance/borderline_smote.h.
 *
 * How it is distributed: the members of the classes that grow are shared out among the ranks, which
 * search their neighbours among all samples; the numbers of the neighbours cross the network, and
 * every rank knows who is in danger. These are shared out again for the search of partners. New
 * samples are sharded.
 */
#include "smote.h"

struct borderline {
    struct smote smote;
    size_t m;
    bool two, separate;
    scalar factor;
    const scalar *u, *shorten;
    const int *pick, *side;
    int *danger; /* (N) */
};

static void read_kind(struct question *q, struct borderline *is)
{
    static const char *const kinds[] = {"one", "two", NULL};
    static const char *const partners[] = {"all", "separate", NULL};
    is->two = question_choice(q, "kind", kinds) == 1;
    is->separate = is->two && question_choice(q, "partners", partners) == 1;
    is->factor = question_number_or(q, "factor", (scalar)0.5);
    if (!(is->factor > 0) || !(is->factor <= 1))
        question_refuse(q, "its number 'factor' must be above 0 and at most 1");
    if (is->separate)
        is->side = question_integers(q, "side", "S", 0, 1);
    if (!is->two || !question_has(q, "shorten"))
        return;
    is->shorten = question_input(q, "shorten", "S");
    for (size_t s = 0; s < is->smote.S; s++)
        if (!(is->shorten[s] >= 0) || !(is->shorten[s] <= (scalar)0.5))
            question_refuse(q, "element %zu of its input 'shorten' must be from 0 to 1/2", s);
}

static struct borderline read_borderline(struct question *q)
{
    struct borderline is = {.smote = smote_plan(q)};
    const struct classes *classes = &is.smote.classes;
    is.m = question_count_or(q, "border", 10, 1, 1 << 20);
    if (is.m >= classes->N)
        question_refuse(q, "its number 'border' is %zu, but it has %zu samples", is.m, classes->N);
    smote_read_gaps(q, &is.smote);
    if (is.smote.per_feature)
        question_refuse(q, "its convention 'gap' must be sample");
    is.u = question_input(q, "u", "S");
    is.pick = question_integers(q, "pick", "S", 0, (int)is.smote.k - 1);
    read_kind(q, &is);
    for (size_t s = 0; s < is.smote.S; s++) {
        if (!(is.u[s] >= 0) || !(is.u[s] < 1))
            question_refuse(q, "element %zu of its input 'u' must be from 0 to below 1", s);
        if (is.separate && classes->N - classes->count[is.smote.of[s]] < is.smote.k)
            question_refuse(q, "its number 'neighbours' exceeds the samples of other classes");
    }
    is.danger = arena_take(question_arena(q), classes->N, sizeof *is.danger);
    for (size_t n = 0; n < classes->N; n++)
        is.danger[n] = -1;
    return is;
}

/* Whether the samples who (count), of one class, are in danger. */
static void judge(struct question *q, struct borderline *is, size_t count, const size_t *who)
{
    const size_t N = is->smote.classes.N, m = is->m;
    const int *label = is->smote.classes.label;
    size_t *all = arena_take(question_arena(q), N, sizeof *all);
    size_t *near = arena_take(question_arena(q), count * m, sizeof *near);
    for (size_t n = 0; n < N; n++)
        all[n] = n;
    struct neighbours *search = neighbours_prepare(q, is->smote.x, is->smote.D, all, N, m);
    neighbours_find_together(q, search, count, who, near, NULL);
    for (size_t i = 0; i < count; i++) {
        size_t others = 0;
        for (size_t j = 0; j < m; j++)
            others += label[near[i * m + j]] != label[who[i]];
        is->danger[who[i]] = others == m ? 2 : 2 * others >= m;
    }
}

/* near (count,k) of the samples in danger: in their class (0), in the others (1) or in all (2). */
static size_t *search_partners(struct question *q, const struct borderline *is, size_t c, int where,
                               size_t count, const size_t *who)
{
    const struct classes *classes = &is->smote.classes;
    size_t members = classes->N;
    size_t *member = arena_take(question_arena(q), members, sizeof *member);
    size_t *near = arena_take(question_arena(q), count * is->smote.k, sizeof *near);
    for (size_t n = 0; n < members; n++)
        member[n] = n;
    if (where < 2)
        member = classes_list(q, classes, c, where == 1, &members);
    struct neighbours *search =
        neighbours_prepare(q, is->smote.x, is->smote.D, member, members, is->smote.k);
    neighbours_find_together(q, search, count, who, near, NULL);
    return near;
}

/* The new samples first .. end - 1, all of one class. */
static void choose(struct question *q, struct borderline *is, size_t first, size_t end,
                   size_t *source, size_t *partner)
{
    const size_t c = is->smote.of[first], k = is->smote.k;
    size_t members, count = 0;
    const size_t *member = classes_list(q, &is->smote.classes, c, false, &members);
    judge(q, is, members, member);
    size_t *listed = arena_take(question_arena(q), members, sizeof *listed);
    for (size_t i = 0; i < members; i++)
        if (is->danger[member[i]] == 1)
            listed[count++] = member[i];
    const size_t *near[2] = {NULL, NULL};
    if (count > 0)
        near[0] = search_partners(q, is, c, is->two && !is->separate ? 2 : 0, count, listed);
    if (count > 0 && is->separate)
        near[1] = search_partners(q, is, c, 1, count, listed);
    for (size_t s = first; s < end; s++) {
        source[s] = partner[s] = smote_nobody;
        if (count == 0)
            continue;
        size_t i = (size_t)(is->u[s] * (scalar)count);
        i = i < count ? i : count - 1;
        source[s] = listed[i];
        partner[s] = near[is->separate ? is->side[s] : 0][i * k + (size_t)is->pick[s]];
    }
}

void borderline_smote_run(struct question *q)
{
    struct borderline is = read_borderline(q);
    const size_t S = is.smote.S;
    size_t *source = arena_take(question_arena(q), S, sizeof *source);
    size_t *partner = arena_take(question_arena(q), S, sizeof *partner);
    for (size_t first = 0, end; first < S; first = end) {
        for (end = first; end < S && is.smote.of[end] == is.smote.of[first];)
            end++;
        choose(q, &is, first, end, source, partner);
    }
    scalar *gap = question_scratch(q, S);
    for (size_t s = 0; s < S; s++) {
        const bool same = source[s] == smote_nobody ||
                          (size_t)is.smote.classes.label[partner[s]] == is.smote.of[s];
        const scalar shorter = is.shorten != NULL ? is.shorten[s] : is.factor;
        gap[s] = same ? is.smote.gap[s] : is.smote.gap[s] * shorter;
    }
    is.smote.gap = gap;
    question_integers(q, "label", "[N]", 0, 1 << 12); /* cuts the samples */
    scalar *danger = question_output(q, "danger", "[N]");
    for (size_t i = 0; i < question_part(q, 'N'); i++)
        danger[i] = (scalar)is.danger[question_first(q, 'N') + i];
    smote_store(q, &is.smote, source, partner);
}
