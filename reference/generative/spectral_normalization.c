// SPDX-License-Identifier: MIT
#include "spectral_normalization.h"

struct spectrum {
    size_t R, C, inner, outer; /* w is (outer, R, inner) as stored, and outer inner = C */
    int added;
    real epsilon;
    const char *shape;
    const real *w, *u, *v;
    real *matrix, *new_u, *new_v; /* (R,C), (R), (C) */
};

enum { TRAINING, EVALUATION, RECOMPUTED };

/* Place in w of row r, column c. */
static size_t place(const struct spectrum *is, size_t r, size_t c)
{
    return (c / is->inner * is->R + r) * is->inner + c % is->inner;
}

static void read_weight(struct call *call, struct spectrum *is)
{
    static const char letters[] = {'O', 'I', 'K', 'L'};
    size_t axes = call_rank(call, "w") == 2 ? 2 : 4;
    size_t axis = call_count_or(call, "axis", 0, 0, axes - 1);
    is->shape = axes == 2 ? "OI" : "OIKL";
    is->w = call_input(call, "w", is->shape);
    is->outer = is->inner = 1;
    for (size_t i = 0; i < axes; i++) {
        if (i < axis)
            is->outer *= call_size(call, letters[i]);
        if (i > axis)
            is->inner *= call_size(call, letters[i]);
    }
    is->R = call_size(call, letters[axis]);
    is->C = is->outer * is->inner;
    call_bind(call, 'R', is->R);
    call_bind(call, 'C', is->C);
    is->u = call_input(call, "u", "R");
    is->matrix = call_scratch(call, is->R * is->C);
    for (size_t r = 0; r < is->R; r++) {
        for (size_t c = 0; c < is->C; c++)
            is->matrix[r * is->C + c] = is->w[place(is, r, c)];
    }
}

static void normalize(const struct spectrum *is, real *x, size_t n)
{
    real length = real_sqrt(sum_products(R(0.0), n, x, 1, x, 1));
    if (is->added)
        length = length + is->epsilon;
    else
        length = length > is->epsilon ? length : is->epsilon;
    for (size_t i = 0; i < n; i++)
        x[i] = length > 0 ? x[i] / length : 0;
}

static void find_v(const struct spectrum *is, const real *u)
{
    for (size_t c = 0; c < is->C; c++)
        is->new_v[c] = sum_products(R(0.0), is->R, &is->matrix[c], is->C, u, 1);
    normalize(is, is->new_v, is->C);
}

static void find_u(const struct spectrum *is, real *u)
{
    for (size_t r = 0; r < is->R; r++)
        u[r] = sum_products(R(0.0), is->C, &is->matrix[r * is->C], 1, is->new_v, 1);
}

/* new_u and new_v from the stored ones. */
static void iterate(struct call *call, struct spectrum *is, int mode, size_t iterations)
{
    static const char *const orders[] = {"v_first", "u_first", NULL};
    int u_first = call_choice(call, "order", orders) == 1;
    const real *stored = mode == EVALUATION || u_first ? call_input(call, "v", "C") : NULL;
    is->new_u = call_output(call, "u", "R");
    is->new_v = call_output(call, "v", "C");
    for (size_t r = 0; r < is->R; r++)
        is->new_u[r] = is->u[r];
    for (size_t c = 0; stored && c < is->C; c++)
        is->new_v[c] = stored[c];
    if (mode == RECOMPUTED)
        find_v(is, is->u);
    for (size_t k = 0; mode == TRAINING && k < iterations; k++) {
        if (!u_first)
            find_v(is, is->new_u);
        find_u(is, is->new_u);
        normalize(is, is->new_u, is->R);
        if (u_first)
            find_v(is, is->new_u);
    }
}

void spectral_normalization_answer(struct call *call)
{
    static const char *const modes[] = {"training", "evaluation", "recomputed", NULL};
    static const char *const guards[] = {"maximum", "added", NULL};
    struct spectrum is = {.added = call_choice(call, "guard", guards) == 1};
    int mode = call_choice(call, "mode", modes);
    size_t iterations = call_count_or(call, "iterations", 1, 1, 1000);
    is.epsilon = call_number_or(call, "epsilon", R(1e-12));
    if (!(is.epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be negative");
    read_weight(call, &is);
    iterate(call, &is, mode, iterations);
    real *product = call_scratch(call, is.R), *y = call_output(call, "y", is.shape);
    find_u(&is, product);
    real sigma = sum_products(R(0.0), is.R, is.new_u, 1, product, 1);
    if (sigma == 0)
        call_fail(call, "input 'w' has a sigma of 0 for this u, so it cannot be divided by it");
    *call_output(call, "sigma", "") = sigma;
    size_t count = is.R * is.C;
    for (size_t i = 0; i < count; i++)
        y[i] = is.w[i] / sigma;
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", is.shape);
    real *dw = call_output(call, mode == EVALUATION ? "dw" : "gradient", is.shape);
    real share = sum_products(R(0.0), count, dy, 1, is.w, 1) / (sigma * sigma);
    for (size_t r = 0; r < is.R; r++) {
        for (size_t c = 0; c < is.C; c++) {
            size_t i = place(&is, r, c);
            dw[i] = dy[i] / sigma - share * is.new_u[r] * is.new_v[c];
        }
    }
}
