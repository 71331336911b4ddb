// SPDX-License-Identifier: MIT
#include "stump.h"

struct stump_data stump_read(struct question *q)
{
    static const char *const criteria[] = {"gini", "entropy", NULL};
    static const char *const thresholds[] = {"middle", "value", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct stump_data is = {.C = question_count(q, "classes", 1, 1 << 12)};
    is.x = question_input(q, "x", "ND");
    is.label = question_integers(q, "label", "N", 0, (int)is.C - 1);
    is.N = question_size(q, 'N');
    is.D = question_size(q, 'D');
    question_bind(q, 'C', is.C);
    is.entropy = question_choice(q, "criterion", criteria) == 1;
    is.by_value = question_choice(q, "threshold", thresholds) == 1;
    is.last_wins = question_choice(q, "ties", ties) == 1;
    is.min_leaf = question_count_or(q, "min_leaf", 1, 1, 1 << 20);
    if (is.N < 2 * is.min_leaf)
        question_refuse(q, "its number 'min_leaf' is %zu, but it has %zu samples", is.min_leaf,
                        is.N);
    is.order = arena_take(question_arena(q), is.D * is.N, sizeof *is.order);
    for (size_t i = 0; i < is.D * is.N; i++) { /* by insertion: equal values stay in order */
        const size_t d = i / is.N, n = i % is.N;
        size_t *order = is.order + d * is.N, at = n;
        for (; at > 0 && is.x[order[at - 1] * is.D + d] > is.x[n * is.D + d]; at--)
            order[at] = order[at - 1];
        order[at] = n;
    }
    return is;
}

const scalar *stump_weights(struct question *q, const struct stump_data *is)
{
    const scalar *of_class = NULL, *of_sample = NULL;
    scalar *w = question_scratch(q, is->N), total = 0;
    if (question_has(q, "class_weight"))
        of_class = question_input(q, "class_weight", "C");
    if (question_has(q, "sample_weight"))
        of_sample = question_input(q, "sample_weight", "N");
    for (size_t n = 0; n < is->N; n++) {
        const scalar a = of_class != NULL ? of_class[is->label[n]] : 1;
        const scalar b = of_sample != NULL ? of_sample[n] : 1;
        if (!(a >= 0) || !(b >= 0))
            question_refuse(q, "its input '%s' is negative somewhere",
                            a >= 0 ? "sample_weight" : "class_weight");
        w[n] = a * b;
        total += w[n];
    }
    if (!(total > 0))
        question_refuse(q, "its input '%s' leaves no weight at all",
                        of_sample != NULL ? "sample_weight" : "class_weight");
    return w;
}

static scalar mass_of(const struct stump_data *is, const scalar *mass)
{
    scalar total = 0;
    for (size_t c = 0; c < is->C; c++)
        total += mass[c];
    return total;
}

/* p (C) is scratch. */
static scalar impurity(const struct team *team, const struct stump_data *is, const scalar *mass,
                       scalar *p)
{
    const scalar total = mass_of(is, mass);
    scalar sum = 0;
    if (!(total > 0))
        return 0;
    for (size_t c = 0; c < is->C; c++)
        p[c] = mass[c] / total;
    if (!is->entropy) {
        team_row_products(team, 1, is->C, p, p, &sum);
        return 1 - sum;
    }
    for (size_t c = 0; c < is->C; c++) {
        scalar logarithm = p[c] > 0 ? p[c] : 1;
        team->kernels->logarithm(1, &logarithm, &logarithm);
        sum += p[c] * logarithm;
    }
    return -sum;
}

static bool may_cut(const struct stump_data *is, size_t d, size_t i)
{
    const size_t *order = is->order + d * is->N;
    return i + 1 >= is->min_leaf && i + 1 + is->min_leaf <= is->N &&
           is->x[order[i] * is->D + d] != is->x[order[i + 1] * is->D + d];
}

/* right (N,C): masses after each place. */
static void add_right(const struct stump_data *is, const scalar *w, size_t d, scalar *right)
{
    const size_t *order = is->order + d * is->N, C = is->C;
    for (size_t c = 0; c < C; c++)
        right[(is->N - 1) * C + c] = 0;
    for (size_t i = is->N - 1; i-- > 0;) {
        for (size_t c = 0; c < C; c++)
            right[i * C + c] = right[(i + 1) * C + c];
        right[i * C + (size_t)is->label[order[i + 1]]] += w[order[i + 1]];
    }
}

/* The place of the best cut of feature d, or N; *gain. */
static size_t cut_feature(const struct team *team, const struct stump_data *is, const scalar *w,
                          size_t d, scalar whole, scalar total, scalar *scratch, scalar *gain)
{
    const size_t C = is->C, *order = is->order + d * is->N;
    scalar *left = scratch, *p = scratch + C, *right = scratch + 2 * C;
    size_t best = is->N;
    add_right(is, w, d, right);
    for (size_t c = 0; c < C; c++)
        left[c] = 0;
    for (size_t i = 0; i + 1 < is->N; i++) {
        left[is->label[order[i]]] += w[order[i]];
        if (!may_cut(is, d, i))
            continue;
        const scalar *r = right + i * C;
        const scalar mixed = mass_of(is, left) * impurity(team, is, left, p) +
                             mass_of(is, r) * impurity(team, is, r, p);
        const scalar value = whole - mixed / total;
        if (best < is->N && !(value > *gain || (is->last_wins && value == *gain)))
            continue;
        *gain = value;
        best = i;
    }
    return best;
}

static size_t heaviest(const struct stump_data *is, const scalar *mass)
{
    size_t best = 0;
    for (size_t c = 1; c < is->C; c++)
        if (mass[c] > mass[best] || (is->last_wins && mass[c] == mass[best]))
            best = c;
    return best;
}

/* What a cut at place i of its feature means. */
static void describe(const struct stump_data *is, const scalar *w, size_t i, struct stump *stump)
{
    const size_t d = stump->feature, *order = is->order + d * is->N;
    const scalar low = is->x[order[i] * is->D + d], high = is->x[order[i + 1] * is->D + d];
    stump->threshold = is->by_value ? low : (low + high) / 2;
    for (size_t j = 0; j <= i; j++)
        stump->left[is->label[order[j]]] += w[order[j]];
    for (size_t j = is->N - 1; j > i; j--)
        stump->right[is->label[order[j]]] += w[order[j]];
    stump->left_label = heaviest(is, stump->left);
    stump->right_label = heaviest(is, stump->right);
}

struct stump stump_grow(struct question *q, const struct stump_data *is, const scalar *w,
                        scalar *gain)
{
    const struct team *team = question_team(q);
    const size_t D = is->D, C = is->C, ranks = (size_t)team->ranks;
    scalar *all = question_scratch(q, C), *scratch = question_scratch(q, (is->N + 2) * C);
    long long *place = arena_take(question_arena(q), D, sizeof *place);
    struct stump best = {
        .feature = D, .left = question_scratch(q, C), .right = question_scratch(q, C)};
    for (size_t n = 0; n < is->N; n++)
        all[is->label[n]] += w[n];
    const scalar total = mass_of(is, all), whole = impurity(team, is, all, scratch);
    for (size_t d = 0; d < D; d++) {
        gain[d] = -2; /* below every gain */
        place[d] = 0;
        if (d % ranks == (size_t)team->rank)
            place[d] = (long long)cut_feature(team, is, w, d, whole, total, scratch, &gain[d]);
    }
    reduce_integers(team, place, D);
    reduce_largest(team, gain, D);
    for (size_t d = 0; d < D; d++) {
        if ((size_t)place[d] == is->N) {
            gain[d] = 0;
            continue;
        }
        if (best.feature == D || gain[d] > best.gain || (is->last_wins && gain[d] == best.gain)) {
            best.feature = d;
            best.gain = gain[d];
        }
    }
    if (best.feature == D)
        question_refuse(q, "its input 'x' is divided by no cut");
    describe(is, w, (size_t)place[best.feature], &best);
    return best;
}
