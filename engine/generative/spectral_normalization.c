// SPDX-License-Identifier: MIT
/* Spectral normalization; definition in reference/generative/spectral_normalization.h.
 *
 * How it is distributed: it is not. In data parallelism every rank holds the weight, and its u, and
 * iterates alike: a product of matrix and vector is less than a message. Nothing crosses the
 * network, so replicas agree as long as their u do.
 */
#include "../techniques.h"

#include <string.h>

struct spectrum {
    const struct team *team;
    size_t R, C, inner;
    bool added;
    scalar epsilon;
    const char *shape;
    const scalar *w;
    scalar *matrix, *u, *v;
};

enum { TRAINING, EVALUATION, RECOMPUTED };

static size_t place(const struct spectrum *is, size_t r, size_t c)
{
    return (c / is->inner * is->R + r) * is->inner + c % is->inner;
}

static void read_weight(struct question *q, struct spectrum *is)
{
    static const char letters[] = {'O', 'I', 'K', 'L'};
    const size_t axes = question_axes(q, "w") == 2 ? 2 : 4;
    const size_t axis = question_count_or(q, "axis", 0, 0, axes - 1);
    is->shape = axes == 2 ? "OI" : "OIKL";
    is->w = question_input(q, "w", is->shape);
    is->R = question_size(q, letters[axis]);
    is->C = is->inner = 1;
    for (size_t i = 0; i < axes; i++) {
        if (i != axis)
            is->C *= question_size(q, letters[i]);
        if (i > axis)
            is->inner *= question_size(q, letters[i]);
    }
    question_bind(q, 'R', is->R);
    question_bind(q, 'C', is->C);
    is->matrix = question_scratch(q, is->R * is->C);
    for (size_t i = 0; i < is->R * is->C; i++)
        is->matrix[i] = is->w[place(is, i / is->C, i % is->C)];
}

static void normalize(const struct spectrum *is, scalar *x, size_t n)
{
    scalar length;
    team_row_products(is->team, 1, n, x, x, &length);
    length = scalar_sqrt(length);
    if (is->added)
        length += is->epsilon;
    else if (!(length > is->epsilon))
        length = is->epsilon;
    for (size_t i = 0; i < n; i++)
        x[i] = length > 0 ? x[i] / length : 0;
}

/* out = W x, or W' x. */
static void multiply(const struct spectrum *is, bool transposed, scalar *out, const scalar *x)
{
    const size_t rows = transposed ? is->C : is->R, columns = transposed ? is->R : is->C;
    memset(out, 0, rows * sizeof *out);
    team_product(is->team, transposed, false, rows, 1, columns, is->matrix, is->C, x, 1, out, 1);
}

static void find_v(const struct spectrum *is)
{
    multiply(is, true, is->v, is->u);
    normalize(is, is->v, is->C);
}

static void find_u(const struct spectrum *is)
{
    multiply(is, false, is->u, is->v);
    normalize(is, is->u, is->R);
}

static void iterate(struct question *q, struct spectrum *is, int mode, size_t iterations)
{
    static const char *const orders[] = {"v_first", "u_first", NULL};
    const bool u_first = question_choice(q, "order", orders) == 1;
    const scalar *u = question_input(q, "u", "R");
    is->u = question_output(q, "u", "R");
    is->v = question_output(q, "v", "C");
    memcpy(is->u, u, is->R * sizeof *u);
    if (mode == EVALUATION || u_first)
        memcpy(is->v, question_input(q, "v", "C"), is->C * sizeof *u);
    if (mode == RECOMPUTED)
        find_v(is);
    for (size_t k = 0; mode == TRAINING && k < iterations; k++) {
        if (!u_first)
            find_v(is);
        find_u(is);
        if (u_first)
            find_v(is);
    }
}

static void differentiate(struct question *q, const struct spectrum *is, int mode, scalar sigma)
{
    const size_t count = is->R * is->C;
    const scalar *dy = question_input(q, "dy", is->shape);
    scalar *dw = question_output(q, mode == EVALUATION ? "dw" : "gradient", is->shape), share;
    team_row_products(is->team, 1, count, dy, is->w, &share);
    share /= sigma * sigma;
    for (size_t k = 0; k < count; k++) {
        const size_t r = k / is->C, c = k % is->C, i = place(is, r, c);
        dw[i] = dy[i] / sigma - share * is->u[r] * is->v[c];
    }
}

void spectral_normalization_run(struct question *q)
{
    static const char *const modes[] = {"training", "evaluation", "recomputed", NULL};
    static const char *const guards[] = {"maximum", "added", NULL};
    struct spectrum is = {.team = question_team(q)};
    is.added = question_choice(q, "guard", guards) == 1;
    const int mode = question_choice(q, "mode", modes);
    const size_t iterations = question_count_or(q, "iterations", 1, 1, 1000);
    is.epsilon = question_number_or(q, "epsilon", (scalar)1e-12);
    if (!(is.epsilon >= 0))
        question_refuse(q, "its 'epsilon' is negative; give at least 0");
    read_weight(q, &is);
    iterate(q, &is, mode, iterations);
    scalar *product = question_scratch(q, is.R), *y = question_output(q, "y", is.shape), sigma;
    multiply(&is, false, product, is.v);
    team_row_products(is.team, 1, is.R, is.u, product, &sigma);
    if (sigma == 0)
        question_refuse(q, "its 'w' has a sigma of 0 for this u and cannot be divided by it");
    question_output(q, "sigma", "")[0] = sigma;
    for (size_t i = 0; i < is.R * is.C; i++)
        y[i] = is.w[i] / sigma;
    if (question_has(q, "dy"))
        differentiate(q, &is, mode, sigma);
}
