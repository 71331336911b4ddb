// SPDX-License-Identifier: MIT
/* SMOTE; definition in reference/imbalance/smote.h.
 *
 * How it is distributed: samples and draws are whole on every rank. Only samples that are drawn
 * need their neighbours: these, each once, are shared out among the ranks, and the neighbours
 * found, whole numbers, cross the network. New samples are sharded.
 */
#include "smote.h"

static void plan(struct question *q, struct smote *is)
{
    const size_t *count = is->classes.count, *goal = classes_grown(q, &is->classes);
    for (size_t c = 0; c < is->classes.C; c++) {
        is->S += goal[c] - count[c];
        if (goal[c] > count[c] && count[c] <= is->k)
            question_refuse(q, "its number 'neighbours' is %zu, but class %zu has %zu samples",
                            is->k, c, count[c]);
    }
    is->of = arena_take(question_arena(q), is->S, sizeof *is->of);
    size_t s = 0;
    for (size_t c = 0; c < is->classes.C; c++)
        for (size_t i = count[c]; i < goal[c]; i++)
            is->of[s++] = c;
    question_bind(q, 'S', is->S);
}

static void read_draws(struct question *q, struct smote *is)
{
    static const char *const draws[] = {"pair", "flat", NULL};
    const bool flat = question_choice(q, "draw", draws) == 1;
    const char *name = flat ? "draw" : "base";
    const int k = (int)is->k, limit = (int)is->classes.N * (flat ? k : 1);
    const int *drawn = question_integers(q, name, "S", 0, limit - 1);
    const int *picked = flat ? NULL : question_integers(q, "pick", "S", 0, k - 1);
    is->base = arena_take(question_arena(q), is->S, sizeof *is->base);
    is->pick = arena_take(question_arena(q), is->S, sizeof *is->pick);
    for (size_t s = 0; s < is->S; s++) {
        is->base[s] = (size_t)(flat ? drawn[s] / k : drawn[s]);
        is->pick[s] = (size_t)(flat ? drawn[s] % k : picked[s]);
        if (is->base[s] >= is->classes.count[is->of[s]])
            question_refuse(q, "element %zu of its input '%s' is beyond the samples of class %zu",
                            s, name, is->of[s]);
    }
}

struct smote smote_plan(struct question *q)
{
    struct smote is = {.classes = classes_count(q), .x = question_input(q, "x", "ND")};
    is.D = question_size(q, 'D');
    is.k = question_count_or(q, "neighbours", 5, 1, 1 << 20);
    plan(q, &is);
    return is;
}

void smote_read_gaps(struct question *q, struct smote *is)
{
    static const char *const gaps[] = {"sample", "feature", NULL};
    is->per_feature = question_choice(q, "gap", gaps) == 1;
    is->gap = question_input(q, "gap", is->per_feature ? "SD" : "S");
    for (size_t i = 0; i < is->S * (is->per_feature ? is->D : 1); i++)
        if (!(is->gap[i] >= 0 && is->gap[i] <= 1))
            question_refuse(q, "element %zu of its input 'gap' is %g; it must be from 0 to 1", i,
                            (double)is->gap[i]);
}

struct smote smote_read(struct question *q)
{
    struct smote is = smote_plan(q);
    read_draws(q, &is);
    smote_read_gaps(q, &is);
    return is;
}

void smote_store(struct question *q, const struct smote *is, const size_t *source,
                 const size_t *partner)
{
    const size_t D = is->D;
    scalar *synthetic = question_output(q, "synthetic", "[S]D");
    scalar *label = question_output(q, "synthetic_label", "[S]");
    scalar *from = question_output(q, "source", "[S]"), *to = question_output(q, "partner", "[S]");
    for (size_t i = 0; i < question_part(q, 'S'); i++) {
        const size_t s = question_first(q, 'S') + i;
        label[i] = (scalar)is->of[s];
        from[i] = to[i] = -1;
        if (source[s] == smote_nobody)
            continue;
        const scalar *a = is->x + source[s] * D, *b = is->x + partner[s] * D;
        const scalar *gap = is->gap + s * (is->per_feature ? D : 1);
        scalar *row = synthetic + i * D;
        for (size_t d = 0; d < D; d++)
            row[d] = a[d] + gap[is->per_feature ? d : 0] * (b[d] - a[d]);
        from[i] = (scalar)source[s];
        to[i] = (scalar)partner[s];
    }
}

/* source and partner of the new samples first .. end - 1, all of one class. */
static void choose(struct question *q, const struct smote *is, size_t first, size_t end,
                   size_t *source, size_t *partner)
{
    struct arena *arena = question_arena(q);
    size_t members, drawn = 0;
    const size_t *member = classes_list(q, &is->classes, is->of[first], false, &members);
    size_t *row = arena_take(arena, members, sizeof *row); /* 0: not drawn; else its row, from 1 */
    size_t *who = arena_take(arena, members, sizeof *who);
    for (size_t s = first; s < end; s++) {
        source[s] = member[is->base[s]];
        if (row[is->base[s]] != 0)
            continue;
        who[drawn++] = source[s];
        row[is->base[s]] = drawn;
    }
    struct neighbours *search = neighbours_prepare(q, is->x, is->D, member, members, is->k);
    size_t *near = arena_take(arena, drawn * is->k, sizeof *near);
    neighbours_find_together(q, search, drawn, who, near, NULL);
    for (size_t s = first; s < end; s++)
        partner[s] = near[(row[is->base[s]] - 1) * is->k + is->pick[s]];
}

void smote_run(struct question *q)
{
    const struct smote is = smote_read(q);
    size_t *source = arena_take(question_arena(q), is.S, sizeof *source);
    size_t *partner = arena_take(question_arena(q), is.S, sizeof *partner);
    question_begin(q);
    for (size_t first = 0, end; first < is.S; first = end) {
        for (end = first; end < is.S && is.of[end] == is.of[first];)
            end++;
        choose(q, &is, first, end, source, partner);
    }
    smote_store(q, &is, source, partner);
}
