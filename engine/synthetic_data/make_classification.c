// SPDX-License-Identifier: MIT
/* Clusters on the corners of a hypercube; definition in
 * reference/synthetic_data/make_classification.h.
 *
 * How it is distributed: every rank holds the draws and makes the rows of x that it owns: the
 * mixing matrices are unpacked by all, each row costs two products. Nothing crosses the network.
 */
#include "../techniques.h"
#include "permutation.h"

struct problem {
    struct question *q;
    size_t N, I, K, R, P, U, D, classes;
    scalar separation;
    scalar *mixing, *corner, *redundant; /* (K,I,I), (K,I), (I,R) */
    size_t *source, *begin;              /* (P), (K + 1) */
    const scalar *z, *useless, *shift, *scale;
};

static scalar *unpacked(struct question *q, const scalar *unit, size_t n)
{
    scalar *value = question_scratch(q, n);
    for (size_t i = 0; i < n; i++)
        value[i] = 2 * unit[i] - 1;
    return value;
}

/* An axis that is there only when the input is. */
static const scalar *optional(struct question *q, const char *name, const char *shape, char letter,
                              size_t *size)
{
    if (!question_has(q, name))
        return NULL;
    const scalar *value = question_input(q, name, shape);
    *size = question_size(q, letter);
    return value;
}

static void place_clusters(struct problem *p)
{
    struct question *q = p->q;
    const int *percent = NULL;
    size_t *size = arena_take(question_arena(q), p->K, sizeof *size), sum = 0, all = 0;
    question_bind(q, 'C', p->classes);
    if (question_has(q, "percent"))
        percent = question_integers(q, "percent", "C", 0, 100);
    for (size_t c = 0; percent != NULL && c < p->classes; c++)
        all += (size_t)percent[c];
    if (all > 100)
        question_refuse(q, "its input 'percent' shares out %zu percent", all);
    for (size_t k = 0; k < p->K; k++) {
        size[k] = p->N / p->K;
        if (percent != NULL)
            size[k] = p->N * (size_t)percent[k % p->classes] / (100 * (p->K / p->classes));
        sum += size[k];
    }
    for (size_t k = 0; sum < p->N; sum++, k = (k + 1) % p->K)
        size[k]++;
    p->begin = arena_take(question_arena(q), p->K + 1, sizeof *p->begin);
    for (size_t k = 0; k < p->K; k++)
        p->begin[k + 1] = p->begin[k] + size[k];
}

static void place_corners(struct problem *p)
{
    static const char *const answers[] = {"yes", "no", NULL};
    struct question *q = p->q;
    const bool cube = question_choice(q, "hypercube", answers) == 0;
    const int *vertex = question_integers(q, "vertex", "K", 0, (1 << p->I) - 1);
    const scalar *by_cluster = cube ? NULL : question_input(q, "stretch_cluster", "K");
    const scalar *by_feature = cube ? NULL : question_input(q, "stretch_feature", "I");
    p->corner = question_scratch(q, p->K * p->I);
    for (size_t k = 0; k < p->K; k++) {
        for (size_t j = 0; j < k; j++)
            if (vertex[j] == vertex[k])
                question_refuse(q, "its input 'vertex' puts two clusters at %d", vertex[k]);
        for (size_t i = 0; i < p->I; i++) {
            const bool up = (vertex[k] & 1 << (p->I - 1 - i)) != 0;
            scalar at = up ? 2 * p->separation - p->separation : -p->separation;
            p->corner[k * p->I + i] = cube ? at : at * by_cluster[k] * by_feature[i];
        }
    }
}

static void choose_sources(struct problem *p, const scalar *c)
{
    p->source = arena_take(question_arena(p->q), p->P, sizeof *p->source);
    for (size_t i = 0; i < p->P; i++) {
        const scalar place = (scalar)(p->I + p->R - 1) * c[i] + (scalar)0.5;
        if (!(place >= 0 && place < (scalar)(p->I + p->R)))
            question_refuse(p->q, "element %zu of its input 'c' is not in [0, 1)", i);
        p->source[i] = (size_t)place;
    }
}

/* f (D): the features of sample n of cluster k. */
static void make_sample(const struct problem *p, scalar *f, size_t n, size_t k)
{
    const struct team *team = question_team(p->q);
    const size_t I = p->I, R = p->R;
    for (size_t d = 0; d < I + R; d++)
        f[d] = 0;
    team_product(team, false, false, 1, I, I, p->z + n * I, I, p->mixing + k * I * I, I, f, I);
    for (size_t i = 0; i < I; i++)
        f[i] += p->corner[k * I + i];
    if (R > 0)
        team_product(team, false, false, 1, R, I, f, I, p->redundant, R, f + I, R);
    for (size_t i = 0; i < p->P; i++)
        f[I + R + i] = f[p->source[i]];
    for (size_t u = 0; u < p->U; u++)
        f[I + R + p->P + u] = p->useless[n * p->U + u];
}

/* shift and scale (D). */
static void read_affine(struct problem *p)
{
    scalar *shift = question_scratch(p->q, p->D), *scale = question_scratch(p->q, p->D);
    const bool shifts = question_has(p->q, "v"), scales = question_has(p->q, "w");
    const scalar *v = shifts ? question_input(p->q, "v", "D") : NULL;
    const scalar *w = scales ? question_input(p->q, "w", "D") : NULL;
    for (size_t d = 0; d < p->D; d++) {
        shift[d] = v ? p->separation * (2 * v[d] - 1) : question_number_or(p->q, "shift", 0);
        scale[d] = w ? 1 + 100 * w[d] : question_number_or(p->q, "scale", 1);
    }
    p->shift = shift;
    p->scale = scale;
}

static void read_sizes(struct problem *p)
{
    struct question *q = p->q;
    p->N = question_size(q, 'N');
    p->I = question_size(q, 'I');
    p->K = question_size(q, 'K');
    p->classes = question_count_or(q, "classes", 2, 1, 1024);
    p->separation = question_number_or(q, "separation", 1);
    if (p->N == 0 || p->I == 0 || p->I > 24)
        question_refuse(q, "its input 'z' has no samples, or not 1 to 24 features");
    if (p->K == 0 || p->K % p->classes != 0)
        question_refuse(q, "its %zu clusters cannot be shared by its number 'classes'", p->K);
    if (!(p->separation > 0))
        question_refuse(q, "its number 'separation' must be above 0");
}

void make_classification_run(struct question *q)
{
    struct problem p = {.q = q, .z = question_input(q, "z", "NI")};
    const scalar *a = question_input(q, "a", "KII"), *b, *c, *flip = NULL;
    const int *label = NULL;
    read_sizes(&p);
    const scalar flip_share = question_number_or(q, "flip_share", (scalar)0.01);
    if (!(flip_share >= 0 && flip_share <= 1))
        question_refuse(q, "its number 'flip_share' must be in 0..1");
    place_corners(&p);
    if (question_has(q, "flip")) {
        flip = question_input(q, "flip", "N");
        label = question_integers(q, "label", "N", 0, (int)p.classes - 1);
    }
    b = optional(q, "b", "IR", 'R', &p.R);
    c = optional(q, "c", "P", 'P', &p.P);
    p.useless = optional(q, "useless", "NU", 'U', &p.U);
    p.D = p.I + p.R + p.P + p.U;
    question_bind(q, 'D', p.D);
    read_affine(&p);
    p.mixing = unpacked(q, a, p.K * p.I * p.I);
    p.redundant = b ? unpacked(q, b, p.I * p.R) : NULL;
    choose_sources(&p, c);
    place_clusters(&p);
    const int *columns = permutation_or_identity(q, "feature_order", 'D');
    const int *order = permutation_or_identity(q, "order", 'N');
    scalar *x = question_output(q, "x", "[N]D"), *y = question_output(q, "y", "[N]");
    scalar *size = question_output(q, "size", "K"), *f = question_scratch(q, p.D);
    for (size_t k = 0; k < p.K; k++)
        size[k] = (scalar)(p.begin[k + 1] - p.begin[k]);
    for (size_t row = 0; row < question_part(q, 'N'); row++) {
        const size_t n = (size_t)order[question_first(q, 'N') + row];
        size_t k = 0;
        while (n >= p.begin[k + 1])
            k++;
        make_sample(&p, f, n, k);
        y[row] = flip && flip[n] < flip_share ? (scalar)label[n] : (scalar)(k % p.classes);
        for (size_t d = 0; d < p.D; d++) {
            const size_t from = (size_t)columns[d];
            x[row * p.D + d] = (f[from] + p.shift[from]) * p.scale[from];
        }
    }
}
