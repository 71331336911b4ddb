// SPDX-License-Identifier: MIT
#include "make_classification.h"

static const int *read_sizes(struct call *call, const struct classification *p)
{
    int *size = call_scratch_integers(call, p->K);
    size_t sum = 0, percents = 0, each = p->K / p->C;
    call_bind(call, 'C', p->C);
    const int *percent =
        call_has(call, "percent") ? call_integers(call, "percent", "C", 0, 100) : NULL;
    for (size_t c = 0; percent && c < p->C; c++)
        percents += (size_t)percent[c];
    if (percents > 100)
        call_fail(call, "input 'percent' adds up to %zu of 100", percents);
    for (size_t k = 0; k < p->K; k++) {
        size_t share = percent ? (size_t)percent[k % p->C] : 0;
        size[k] = (int)(percent ? p->N * share / (100 * each) : p->N / p->K);
        sum += (size_t)size[k];
    }
    for (size_t i = 0; sum + i < p->N; i++)
        size[i % p->K]++;
    return size;
}

static void check(struct call *call, const struct classification *p)
{
    if (p->N == 0 || p->I == 0)
        call_fail(call, "input 'z' is empty: there is nothing to classify");
    if (p->I > CLASSIFICATION_BITS)
        call_fail(call, "input 'z' has %zu features; at most %d are informative here", p->I,
                  CLASSIFICATION_BITS);
    if (p->K == 0 || p->K % p->C)
        call_fail(call, "number 'classes' does not divide the %zu clusters", p->K);
    if (!(p->separation > 0))
        call_fail(call, "number 'separation' is not above 0");
    if (!(p->flip_share >= 0 && p->flip_share <= 1))
        call_fail(call, "number 'flip_share' is not in 0..1");
}

static void read_features(struct call *call, struct classification *p)
{
    if (call_has(call, "b")) {
        p->b = call_input(call, "b", "IR");
        p->R = call_size(call, 'R');
    }
    if (call_has(call, "c")) {
        p->c = call_input(call, "c", "P");
        p->P = call_size(call, 'P');
    }
    if (call_has(call, "useless")) {
        p->useless = call_input(call, "useless", "NU");
        p->U = call_size(call, 'U');
    }
    p->D = p->I + p->R + p->P + p->U;
    call_bind(call, 'D', p->D);
    p->v = call_has(call, "v") ? call_input(call, "v", "D") : NULL;
    p->w = call_has(call, "w") ? call_input(call, "w", "D") : NULL;
    p->feature_order = permutation_or_identity(call, "feature_order", 'D');
}

struct classification make_classification_read(struct call *call)
{
    static const char *const answers[] = {"yes", "no", NULL};
    struct classification p = {.z = call_input(call, "z", "NI"),
                               .a = call_input(call, "a", "KII"),
                               .cube = call_choice(call, "hypercube", answers) == 0};
    p.N = call_size(call, 'N');
    p.I = call_size(call, 'I');
    p.K = call_size(call, 'K');
    p.C = call_count_or(call, "classes", 2, 1, 1024);
    p.separation = call_number_or(call, "separation", R(1.0));
    p.flip_share = call_number_or(call, "flip_share", R(0.01));
    p.same_shift = call_number_or(call, "shift", R(0.0));
    p.same_scale = call_number_or(call, "scale", R(1.0));
    check(call, &p);
    p.vertex = call_integers(call, "vertex", "K", 0, (1 << p.I) - 1);
    for (size_t k = 1; k < p.K; k++) {
        for (size_t j = 0; j < k; j++) {
            if (p.vertex[j] == p.vertex[k])
                call_fail(call, "input 'vertex' has %d twice", p.vertex[k]);
        }
    }
    if (!p.cube) {
        p.by_cluster = call_input(call, "stretch_cluster", "K");
        p.by_feature = call_input(call, "stretch_feature", "I");
    }
    if (call_has(call, "flip")) {
        p.flip = call_input(call, "flip", "N");
        p.label = call_integers(call, "label", "N", 0, (int)p.C - 1);
    }
    read_features(call, &p);
    p.order = permutation_or_identity(call, "order", 'N');
    p.size = read_sizes(call, &p);
    return p;
}

/* h (I): the informative features of sample n, in cluster k; m (I,I) is scratch. */
static void inform(real *h, real *m, const struct classification *p, size_t n, size_t k)
{
    size_t I = p->I;
    for (size_t i = 0; i < I * I; i++)
        m[i] = 2 * p->a[k * I * I + i] - 1;
    for (size_t i = 0; i < I; i++) {
        int up = p->vertex[k] >> (I - 1 - i) & 1;
        real corner = up ? 2 * p->separation - p->separation : -p->separation;
        if (!p->cube)
            corner = corner * p->by_cluster[k] * p->by_feature[i];
        h[i] = sum_products(R(0.0), I, &p->z[n * I], 1, &m[i], I) + corner;
    }
}

/* index (P): which feature each repeated one repeats. */
static void choose_repeated(struct call *call, int *index, const struct classification *p)
{
    for (size_t i = 0; i < p->P; i++) {
        real place = real_count(p->I + p->R - 1) * p->c[i] + R(0.5);
        index[i] = (int)place;
        real distance[] = {place - (real)index[i], (real)(index[i] + 1) - place};
        call_decisions(call, 2, distance);
        if (index[i] < 0 || (size_t)index[i] >= p->I + p->R)
            call_fail(call, "element %zu of input 'c' is not in [0, 1)", i);
    }
}

/* f (D): all features of sample n, before shift, scale and shuffle; b (I,R). */
static void complete(real *f, const real *b, const int *index, const struct classification *p,
                     size_t n)
{
    for (size_t r = 0; r < p->R; r++)
        f[p->I + r] = sum_products(R(0.0), p->I, f, 1, &b[r], p->R);
    for (size_t i = 0; i < p->P; i++)
        f[p->I + p->R + i] = f[index[i]];
    for (size_t u = 0; u < p->U; u++)
        f[p->I + p->R + p->P + u] = p->useless[n * p->U + u];
}

void make_classification_answer(struct call *call)
{
    struct classification p = make_classification_read(call);
    real *x = call_output(call, "x", "ND"), *y = call_output_integers(call, "y", "N");
    real *size = call_output_integers(call, "size", "K");
    real *f = call_scratch(call, p.D), *m = call_scratch(call, p.I * p.I);
    real *b = call_scratch(call, p.I * p.R);
    int *index = call_scratch_integers(call, p.P);
    choose_repeated(call, index, &p);
    for (size_t i = 0; i < p.I * p.R; i++)
        b[i] = 2 * p.b[i] - 1;
    for (size_t k = 0; k < p.K; k++)
        size[k] = (real)p.size[k];
    for (size_t row = 0; row < p.N; row++) {
        size_t n = (size_t)p.order[row], k = 0, end = (size_t)p.size[0];
        while (n >= end)
            end += (size_t)p.size[++k];
        inform(f, m, &p, n, k);
        complete(f, b, index, &p, n);
        y[row] = real_count(k % p.C);
        if (p.flip) {
            real distance = p.flip[n] - p.flip_share;
            call_decisions(call, 1, &distance);
            y[row] = distance < 0 ? (real)p.label[n] : y[row];
        }
        for (size_t d = 0; d < p.D; d++) {
            size_t from = (size_t)p.feature_order[d];
            real shift = p.v ? p.separation * (2 * p.v[from] - 1) : p.same_shift;
            real scale = p.w ? 1 + 100 * p.w[from] : p.same_scale;
            x[row * p.D + d] = (f[from] + shift) * scale;
        }
    }
}
