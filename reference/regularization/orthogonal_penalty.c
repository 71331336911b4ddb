// SPDX-License-Identifier: MIT
#include "orthogonal_penalty.h"

struct orthogonality orthogonality_read(struct call *call)
{
    static const char *const sides[] = {"columns", "rows", "both", NULL};
    static const char *const diagonals[] = {"included", "excluded", NULL};
    static const char *const halves[] = {"no", "yes", NULL};
    int side = call_choice(call, "sides", sides);
    struct orthogonality r = {.columns = side != 1, .rows = side != 0};
    r.off_diagonal = call_choice(call, "diagonal", diagonals);
    real f = call_choice(call, "half", halves) == 1 ? R(0.5) : 1, lambda;
    lambda = call_number(call, "lambda");
    if (!(lambda >= 0))
        call_fail(call, "number 'lambda' must not be below 0");
    r.factor = f * lambda;
    r.w = call_input(call, "w", "RC");
    r.R = call_size(call, 'R');
    r.C = call_size(call, 'C');
    r.block = call_block(call);
    if (r.R == 0 || r.C == 0)
        call_fail(call, "input 'w' is empty");
    r.dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    r.penalty = call_output(call, "penalty", "");
    r.dw = call_output(call, "dw", "RC");
    r.orthonormality = call_output(call, "orthonormality", "");
    r.G = call_scratch(call, r.C * r.C);
    r.H = call_scratch(call, r.R * r.R);
    r.row = call_scratch(call, r.R);
    return r;
}

/* product - 1 on the diagonal, product elsewhere; or what is left without the diagonal. */
static real gap(const struct orthogonality *r, real product, int diagonal)
{
    if (!diagonal)
        return product;
    return r->off_diagonal ? 0 : product - 1;
}

static void fill(const struct orthogonality *r)
{
    size_t R = r->R, C = r->C;
    for (size_t i = 0; r->columns && i < C * C; i++)
        r->G[i] = gap(r, sum_sample_products(R, r->block, &r->w[i / C], C, &r->w[i % C], C),
                      i / C == i % C);
    for (size_t i = 0; r->rows && i < R * R; i++)
        r->H[i] = gap(r, sum_products(R(0.0), C, &r->w[i / R * C], 1, &r->w[i % R * C], 1),
                      i / R == i % R);
}

static real largest(const real *x, size_t n, real so_far)
{
    for (size_t i = 0; i < n; i++)
        so_far = real_abs(x[i]) > so_far ? real_abs(x[i]) : so_far;
    return so_far;
}

void orthogonal_penalty_answer(struct call *call)
{
    struct orthogonality r = orthogonality_read(call);
    size_t R = r.R, C = r.C;
    fill(&r);
    real squares = sum_products(R(0.0), C * C, r.G, 1, r.G, 1);
    for (size_t i = 0; i < R; i++)
        r.row[i] = sum_products(R(0.0), R, &r.H[i * R], 1, &r.H[i * R], 1);
    *r.penalty = r.factor * (squares + sum_samples(R, r.block, r.row, 1));
    *r.orthonormality = largest(r.H, R * R, largest(r.G, C * C, 0));
    for (size_t i = 0; i < R * C; i++) {
        real of_columns = sum_products(R(0.0), C, &r.w[i / C * C], 1, &r.G[i % C], C);
        real of_rows = sum_products(R(0.0), R, &r.H[i / C * R], 1, &r.w[i % C], C);
        r.dw[i] = 4 * r.factor * (of_columns + of_rows) * r.dpenalty;
    }
}
