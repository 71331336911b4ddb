// SPDX-License-Identifier: MIT
/* Linear relaxation bounds; definition in reference/adversarial/linear_relaxation_bounds.h.
 *
 * How it is distributed: the samples are sharded; every rank holds the network. Bounds and margins
 * belong to a sample; only the number of certified samples crosses the network.
 */
#include "../foundations/perceptron_case.h"

#include <stdio.h>
#include <string.h>

enum { ADAPTIVE, PARALLEL, ZERO, ONE };

struct verifier {
    struct question *q;
    const struct team *team;
    struct perceptron_shape shape;
    size_t rows, L;
    int slope;
    bool intervals;
    const scalar *w[PERCEPTRON_LAYERS + 1], *b[PERCEPTRON_LAYERS + 1]; /* of layer l, from 1 */
    scalar *low[PERCEPTRON_LAYERS + 1], *high[PERCEPTRON_LAYERS + 1];
    scalar *middle, *radius;
    scalar *row, *slopes, *shifts, *sizes; /* as wide as the widest layer */
};

static scalar chain(const struct verifier *is, scalar start, size_t n, const scalar *x,
                    const scalar *y)
{
    if (n > 0)
        team_product(is->team, false, false, 1, 1, n, x, n, y, 1, &start, 1);
    return start;
}

static void relax(const struct verifier *is, size_t n, size_t l, const scalar *A)
{
    const size_t O = is->shape.size[l];
    for (size_t j = 0; j < O; j++) {
        const scalar low = is->low[l][n * O + j], high = is->high[l][n * O + j];
        is->slopes[j] = high > 0;
        is->shifts[j] = 0;
        if (!(low < 0 && high > 0))
            continue;
        const scalar s = high / (high - low);
        if (A[j] < 0) {
            is->slopes[j] = s;
            is->shifts[j] = -(s * low);
        } else {
            is->slopes[j] = is->slope == PARALLEL   ? s
                            : is->slope == ADAPTIVE ? (scalar)(high + low > 0)
                                                    : (scalar)(is->slope == ONE);
        }
    }
}

/* The lower bound of A a_l + c, where A is is->row, which is overwritten. */
static scalar lower_bound(const struct verifier *is, size_t n, size_t l, scalar c)
{
    scalar *A = is->row;
    for (; l > 0; l--) {
        const size_t I = is->shape.size[l - 1], O = is->shape.size[l];
        relax(is, n, l, A);
        c = chain(is, c, O, A, is->shifts);
        for (size_t j = 0; j < O; j++)
            is->slopes[j] *= A[j];
        c = chain(is, c, O, is->slopes, is->b[l]);
        memset(A, 0, I * sizeof *A);
        team_product(is->team, false, false, I, 1, O, is->w[l], O, is->slopes, 1, A, 1);
    }
    const size_t D = is->shape.size[0];
    for (size_t i = 0; i < D; i++)
        is->sizes[i] = scalar_absolute(A[i]);
    return chain(is, c, D, A, is->middle + n * D) - chain(is, 0, D, is->sizes, is->radius + n * D);
}

static void interval(const struct verifier *is, size_t n, size_t l)
{
    const size_t I = is->shape.size[l - 1], O = is->shape.size[l];
    scalar *m = is->row, *r = is->slopes;
    for (size_t i = 0; i < I; i++) {
        m[i] = is->middle[n * I + i];
        r[i] = is->radius[n * I + i];
        if (l == 1)
            continue;
        const scalar low = is->low[l - 1][n * I + i], high = is->high[l - 1][n * I + i];
        m[i] = ((high > 0 ? high : 0) + (low > 0 ? low : 0)) / 2;
        r[i] = ((high > 0 ? high : 0) - (low > 0 ? low : 0)) / 2;
    }
    for (size_t o = 0; o < O; o++) {
        for (size_t i = 0; i < I; i++) {
            is->shifts[i] = is->w[l][i * O + o];
            is->sizes[i] = scalar_absolute(is->shifts[i]);
        }
        const scalar middle = chain(is, is->b[l][o], I, m, is->shifts);
        const scalar radius = chain(is, 0, I, r, is->sizes);
        is->low[l][n * O + o] = middle - radius;
        is->high[l][n * O + o] = middle + radius;
    }
}

static void bound_layer(const struct verifier *is, size_t n, size_t l)
{
    const size_t I = is->shape.size[l - 1], O = is->shape.size[l];
    if (is->intervals) {
        interval(is, n, l);
        return;
    }
    for (size_t o = 0; o < O; o++) {
        for (size_t i = 0; i < I; i++)
            is->row[i] = is->w[l][i * O + o];
        is->low[l][n * O + o] = lower_bound(is, n, l - 1, is->b[l][o]);
        for (size_t i = 0; i < I; i++)
            is->row[i] = -is->w[l][i * O + o];
        is->high[l][n * O + o] = -lower_bound(is, n, l - 1, -is->b[l][o]);
    }
}

static void read_box(struct verifier *is, const scalar *x)
{
    static const char *const boxes[] = {"clip", "none", NULL};
    const bool clip = question_choice(is->q, "box", boxes) == 0;
    const scalar epsilon = question_number(is->q, "epsilon");
    const scalar low = question_number_or(is->q, "low", 0);
    const scalar high = question_number_or(is->q, "high", 1);
    const size_t n = is->rows * is->shape.size[0];
    if (!(epsilon >= 0))
        question_refuse(is->q, "its 'epsilon' is %g; give at least 0", (double)epsilon);
    if (!(low < high))
        question_refuse(is->q, "its 'low' is not below its 'high'");
    is->middle = question_scratch(is->q, n);
    is->radius = question_scratch(is->q, n);
    for (size_t i = 0; i < n; i++) {
        scalar from = x[i] - epsilon, to = x[i] + epsilon;
        from = clip && from < low ? low : from;
        to = clip && to > high ? high : to;
        is->middle[i] = (to + from) / 2;
        is->radius[i] = (to - from) / 2;
    }
}

static const char *named(struct question *q, const char *kind, size_t l)
{
    char *name = arena_take(question_arena(q), 16, 1);
    snprintf(name, 16, "%s%zu", kind, l);
    return name;
}

static struct verifier read(struct question *q, const scalar **x)
{
    static const char *const slopes[] = {"adaptive", "parallel", "zero", "one", NULL};
    static const char *const hidden[] = {"linear", "intervals", NULL};
    const struct perceptron_shape shape = perceptron_case_shape(q, "[N]A", x);
    struct verifier is = {.q = q,
                          .team = question_team(q),
                          .shape = shape,
                          .rows = question_part(q, 'N'),
                          .L = shape.layers,
                          .slope = question_choice(q, "slope", slopes),
                          .intervals = question_choice(q, "hidden", hidden) == 1};
    size_t widest = shape.size[0];
    if (shape.activation != &relu_operation)
        question_refuse(q, "its 'activation' is not relu");
    if (shape.size[is.L] < 2)
        question_refuse(q, "its network 'w%zu' has one output; give two or more", is.L);
    for (size_t l = 1; l <= is.L; l++) {
        const char matrix[] = {(char)('A' + (int)l - 1), (char)('A' + (int)l), 0};
        const char sharded[] = {'[', 'N', ']', (char)('A' + (int)l), 0};
        widest = shape.size[l] > widest ? shape.size[l] : widest;
        is.w[l] = question_input(q, named(q, "w", l), matrix);
        is.b[l] = question_input(q, named(q, "b", l), matrix + 1);
        if (l == is.L)
            continue;
        is.low[l] = question_output(q, named(q, "low", l), sharded);
        is.high[l] = question_output(q, named(q, "high", l), sharded);
    }
    is.row = question_scratch(q, widest);
    is.slopes = question_scratch(q, widest);
    is.shifts = question_scratch(q, widest);
    is.sizes = question_scratch(q, widest);
    question_bind(q, 'K', shape.size[is.L]);
    return is;
}

void linear_relaxation_bounds_run(struct question *q)
{
    const scalar *x;
    struct verifier is = read(q, &x);
    const size_t L = is.L, I = is.shape.size[L - 1], K = is.shape.size[L];
    const int *labels = question_integers(q, "labels", "[N]", 0, (int)K - 1);
    const scalar *w = is.w[L], *b = is.b[L];
    read_box(&is, x);
    scalar *margins = question_output(q, "margins", "[N]K");
    scalar *margin = question_output(q, "margin", "[N]");
    scalar *certified = question_output(q, "certified", "[N]");
    long long count = 0;
    for (size_t n = 0; n < is.rows; n++) {
        const size_t y = (size_t)labels[n];
        for (size_t l = 1; l < L; l++)
            bound_layer(&is, n, l);
        for (size_t k = 0; k < K; k++) {
            scalar *to = margins + n * K + k;
            if (k == y)
                continue;
            for (size_t i = 0; i < I; i++)
                is.row[i] = w[i * K + y] - w[i * K + k];
            *to = lower_bound(&is, n, L - 1, b[y] - b[k]);
            margin[n] = k == (size_t)(y == 0) || *to < margin[n] ? *to : margin[n];
        }
        certified[n] = margin[n] > 0;
        count += margin[n] > 0;
    }
    reduce_integers(is.team, &count, 1);
    question_output(q, "accuracy", "")[0] = (scalar)count / (scalar)question_size(q, 'N');
}
