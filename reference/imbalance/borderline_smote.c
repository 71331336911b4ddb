// SPDX-License-Identifier: MIT
#include "borderline_smote.h"

static void read_kind(struct call *call, struct borderline *is)
{
    static const char *const kinds[] = {"one", "two", NULL};
    static const char *const partners[] = {"all", "separate", NULL};
    is->two = call_choice(call, "kind", kinds);
    is->separate = is->two && call_choice(call, "partners", partners);
    is->factor = call_number_or(call, "factor", R(0.5));
    if (!(is->factor > 0 && is->factor <= 1))
        call_fail(call, "number 'factor' must be above 0 and not above 1");
    if (is->separate)
        is->side = call_integers(call, "side", "S", 0, 1);
    if (is->two && call_has(call, "shorten"))
        is->shorten = call_input(call, "shorten", "S");
    for (size_t s = 0; is->shorten && s < is->smote.S; s++) {
        if (!(is->shorten[s] >= 0 && is->shorten[s] <= R(0.5)))
            call_fail(call, "input 'shorten' must be in [0, 1/2] everywhere");
    }
}

struct borderline borderline_read(struct call *call)
{
    struct borderline is = {.smote = smote_plan(call)};
    size_t N = is.smote.points.N;
    is.m = call_count_or(call, "border", 10, 1, 1 << 20);
    if (is.m >= N)
        call_fail(call, "number 'border' is %zu, but there are %zu samples", is.m, N);
    smote_read_gaps(call, &is.smote);
    if (is.smote.per_feature)
        call_fail(call, "convention 'gap' must be sample");
    is.u = call_input(call, "u", "S");
    is.pick = call_integers(call, "pick", "S", 0, (int)is.smote.k - 1);
    read_kind(call, &is);
    for (size_t s = 0; s < is.smote.S; s++) {
        size_t others = N - (size_t)is.smote.classes.count[is.smote.of[s]];
        if (!(is.u[s] >= 0 && is.u[s] < 1))
            call_fail(call, "input 'u' must be in [0, 1) everywhere");
        if (is.separate && others < is.smote.k)
            call_fail(call, "number 'neighbours' exceeds the samples of other classes");
    }
    return is;
}

int borderline_kind(size_t others, size_t m)
{
    if (others == m)
        return 2;
    return 2 * others >= m;
}

void borderline_judge(struct call *call, const struct borderline *is, int *danger)
{
    const struct classes *classes = &is->smote.classes;
    const int *all = points_all(call, &is->smote.points);
    int *near = call_scratch_integers(call, is->m),
        *grows = call_scratch_integers(call, classes->C);
    for (size_t s = 0; s < is->smote.S; s++)
        grows[is->smote.of[s]] = 1;
    for (size_t n = 0; n < classes->N; n++) {
        size_t others = 0;
        danger[n] = -1;
        if (!grows[classes->label[n]])
            continue;
        points_nearest(call, near, NULL, &is->smote.points, n, all, classes->N, is->m);
        for (size_t i = 0; i < is->m; i++)
            others += classes->label[near[i]] != classes->label[n];
        danger[n] = borderline_kind(others, is->m);
    }
}

const int *borderline_partners(struct call *call, const struct borderline *is, size_t s,
                               size_t *members)
{
    const struct classes *classes = &is->smote.classes;
    int c = is->smote.of[s];
    *members = (size_t)classes->count[c];
    if (!is->two || (is->separate && is->side[s] == 0))
        return classes_members(call, classes, c);
    *members = is->separate ? classes->N - *members : classes->N;
    return is->separate ? classes_others(call, classes, c) : points_all(call, &is->smote.points);
}

const real *borderline_gaps(struct call *call, const struct borderline *is, const int *partner)
{
    real *g = call_scratch(call, is->smote.S);
    for (size_t s = 0; s < is->smote.S; s++) {
        int same = partner[s] < 0 || is->smote.classes.label[partner[s]] == is->smote.of[s];
        real shorter = is->shorten ? is->shorten[s] : is->factor;
        g[s] = same ? is->smote.gap[s] : is->smote.gap[s] * shorter;
    }
    return g;
}

/* The source and partner of new sample s, or -1. */
static void choose(struct call *call, const struct borderline *is, const int *danger, size_t s,
                   int *source, int *partner)
{
    const struct classes *classes = &is->smote.classes;
    int *listed = call_scratch_integers(call, classes->N), count = 0;
    *source = *partner = -1;
    for (size_t n = 0; n < classes->N; n++) {
        if (classes->label[n] == is->smote.of[s] && danger[n] == 1)
            listed[count++] = (int)n;
    }
    if (count == 0)
        return;
    int i = classes_floor(call, is->u[s] * (real)count, count);
    size_t members;
    const int *member = borderline_partners(call, is, s, &members);
    int *near = call_scratch_integers(call, is->smote.k);
    *source = listed[i < count ? i : count - 1];
    points_nearest(call, near, NULL, &is->smote.points, (size_t)*source, member, members,
                   is->smote.k);
    *partner = near[is->pick[s]];
}

void borderline_smote_answer(struct call *call)
{
    struct borderline is = borderline_read(call);
    size_t S = is.smote.S, N = is.smote.points.N;
    int *source = call_scratch_integers(call, S), *partner = call_scratch_integers(call, S);
    int *danger = call_scratch_integers(call, N);
    borderline_judge(call, &is, danger);
    real *judged = call_output_integers(call, "danger", "N");
    for (size_t n = 0; n < N; n++)
        judged[n] = (real)danger[n];
    for (size_t s = 0; s < S; s++)
        choose(call, &is, danger, s, &source[s], &partner[s]);
    is.smote.gap = borderline_gaps(call, &is, partner);
    smote_report(call, &is.smote, source, partner);
}
