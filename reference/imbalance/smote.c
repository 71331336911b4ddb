// SPDX-License-Identifier: MIT
#include "smote.h"

/* The class of every new sample. */
static void plan(struct call *call, struct smote *is)
{
    const int *goal = classes_to_grow(call, &is->classes), *count = is->classes.count;
    for (size_t c = 0; c < is->classes.C; c++)
        is->S += (size_t)(goal[c] - count[c]);
    int *of = call_scratch_integers(call, is->S);
    size_t s = 0;
    for (size_t c = 0; c < is->classes.C; c++) {
        if (goal[c] > count[c] && (size_t)count[c] <= is->k)
            call_fail(call, "number 'neighbours' is %zu, but class %zu has %d samples", is->k, c,
                      count[c]);
        for (int i = count[c]; i < goal[c]; i++)
            of[s++] = (int)c;
    }
    is->of = of;
    call_bind(call, 'S', is->S);
}

static void read_draws(struct call *call, struct smote *is)
{
    static const char *const draws[] = {"pair", "flat", NULL};
    int flat = call_choice(call, "draw", draws), k = (int)is->k;
    const char *name = flat ? "draw" : "base";
    const int *drawn = call_integers(call, name, "S", 0, (int)is->classes.N * (flat ? k : 1) - 1);
    int *base = call_scratch_integers(call, is->S), *pick = call_scratch_integers(call, is->S);
    const int *picked = flat ? NULL : call_integers(call, "pick", "S", 0, k - 1);
    for (size_t s = 0; s < is->S; s++) {
        base[s] = flat ? drawn[s] / k : drawn[s];
        pick[s] = flat ? drawn[s] % k : picked[s];
        if (base[s] >= is->classes.count[is->of[s]])
            call_fail(call, "input '%s': class %d has no sample number %d", name, is->of[s],
                      base[s]);
    }
    is->base = base;
    is->pick = pick;
}

struct smote smote_plan(struct call *call)
{
    struct smote is = {.classes = classes_read(call), .points = points_read(call)};
    is.k = call_count_or(call, "neighbours", 5, 1, 1 << 20);
    plan(call, &is);
    return is;
}

void smote_read_gaps(struct call *call, struct smote *is)
{
    static const char *const gaps[] = {"sample", "feature", NULL};
    is->per_feature = call_choice(call, "gap", gaps);
    is->gap = call_input(call, "gap", is->per_feature ? "SD" : "S");
    for (size_t i = 0; i < is->S * (is->per_feature ? is->points.D : 1); i++) {
        if (!(is->gap[i] >= 0 && is->gap[i] <= 1))
            call_fail(call, "input 'gap' must be in [0, 1] everywhere");
    }
}

struct smote smote_read(struct call *call)
{
    struct smote is = smote_plan(call);
    read_draws(call, &is);
    smote_read_gaps(call, &is);
    return is;
}

void smote_choose(struct call *call, const struct smote *is, int *source, int *partner)
{
    int *near = call_scratch_integers(call, is->k);
    for (size_t s = 0; s < is->S; s++) {
        const int *member = classes_members(call, &is->classes, is->of[s]);
        size_t members = (size_t)is->classes.count[is->of[s]];
        source[s] = member[is->base[s]];
        points_nearest(call, near, NULL, &is->points, (size_t)source[s], member, members, is->k);
        partner[s] = near[is->pick[s]];
    }
}

void smote_between(const struct smote *is, size_t s, int source, int partner, real *synthetic)
{
    size_t D = is->points.D;
    const real *from = &is->points.x[(size_t)source * D], *to = &is->points.x[(size_t)partner * D];
    for (size_t d = 0; d < D; d++) {
        real difference = to[d] - from[d];
        synthetic[d] = from[d] + is->gap[is->per_feature ? s * D + d : s] * difference;
    }
}

void smote_report(struct call *call, const struct smote *is, const int *source, const int *partner)
{
    real *synthetic = call_output(call, "synthetic", "SD");
    real *label = call_output_integers(call, "synthetic_label", "S");
    real *from = call_output_integers(call, "source", "S");
    real *to = call_output_integers(call, "partner", "S");
    for (size_t s = 0; s < is->S; s++) {
        label[s] = (real)is->of[s];
        from[s] = (real)source[s];
        to[s] = (real)partner[s];
        if (source[s] >= 0)
            smote_between(is, s, source[s], partner[s], &synthetic[s * is->points.D]);
    }
}

void smote_answer(struct call *call)
{
    struct smote is = smote_read(call);
    int *source = call_scratch_integers(call, is.S), *partner = call_scratch_integers(call, is.S);
    smote_choose(call, &is, source, partner);
    smote_report(call, &is, source, partner);
}
