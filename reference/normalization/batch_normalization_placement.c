// SPDX-License-Identifier: MIT
#include "batch_normalization_placement.h"

#include "batch_normalization.h"

struct layer {
    size_t N, I, O, block;
    int after, is_tanh;
    const real *x, *w, *gamma, *beta;
    real *z, *a, *x_hat, *s; /* a: what f made; x_hat of whichever comes in */
};

static void activate(struct call *call, const struct layer *is, real *y, const real *v)
{
    for (size_t i = 0; i < is->N * is->O; i++)
        y[i] = is->is_tanh ? real_tanh(v[i]) : v[i] > 0 ? v[i] : 0;
    if (!is->is_tanh)
        call_decisions(call, is->N * is->O, v);
}

static real slope_of(const struct layer *is, real v, real y)
{
    return is->is_tanh ? (1 - y) * (1 + y) : v > 0;
}

/* y = BN(v), and what its gradient needs. */
static void normalize(struct call *call, struct layer *is, real *y, const real *v)
{
    size_t N = is->N, O = is->O;
    real *mean = call_scratch(call, O), *squares = call_scratch(call, O);
    struct divisor_rule rule = {.epsilon = call_number_or(call, "epsilon", R(1e-5))};
    if (!(rule.epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0, for units that are constant");
    is->x_hat = call_scratch(call, N * O);
    is->s = call_scratch(call, O);
    batch_mean(mean, is->x_hat, v, N, O, is->block);
    batch_squares(squares, is->x_hat, N, O, is->block);
    for (size_t i = 0; i < N * O; i++) {
        real root;
        is->s[i % O] = divisor(squares[i % O] / real_count(N), &rule, &root);
        is->x_hat[i] = is->x_hat[i] / is->s[i % O];
        y[i] = is->gamma[i % O] * is->x_hat[i] + is->beta[i % O];
    }
}

/* dv from dy, with dgamma and dbeta. */
static void normalize_backward(struct call *call, const struct layer *is, real *dv, const real *dy)
{
    real *dgamma = call_output(call, "dgamma", "O"), *dbeta = call_output(call, "dbeta", "O");
    size_t N = is->N, O = is->O;
    for (size_t o = 0; o < O; o++) {
        dgamma[o] = sum_sample_products(N, is->block, &dy[o], O, &is->x_hat[o], O);
        dbeta[o] = sum_samples(N, is->block, &dy[o], O);
    }
    batch_normalization_backward(dv, dy, is->x_hat, dgamma, dbeta, is->gamma, is->s, N, O);
}

static void dense_backward(struct call *call, const struct layer *is, const real *dz)
{
    size_t N = is->N, I = is->I, O = is->O;
    real *dx = call_output(call, "dx", "NI"), *dw = call_output(call, "dw", "IO");
    for (size_t n = 0; n < N; n++) {
        for (size_t i = 0; i < I; i++)
            dx[n * I + i] = sum_products(R(0.0), O, &dz[n * O], 1, &is->w[i * O], 1);
    }
    for (size_t i = 0; i < I; i++) {
        for (size_t o = 0; o < O; o++)
            dw[i * O + o] = sum_sample_products(N, is->block, &is->x[i], I, &dz[o], O);
    }
    if (!call_has(call, "b"))
        return;
    real *db = call_output(call, "db", "O");
    for (size_t o = 0; o < O; o++)
        db[o] = sum_samples(N, is->block, &dz[o], O);
}

static void backward(struct call *call, const struct layer *is, const real *y)
{
    const real *dy = call_input(call, "dy", "NO");
    size_t count = is->N * is->O;
    real *dv = call_scratch(call, count), *dz = call_scratch(call, count);
    if (is->after) {
        normalize_backward(call, is, dv, dy);
        for (size_t i = 0; i < count; i++)
            dz[i] = dv[i] * slope_of(is, is->z[i], is->a[i]);
    } else {
        for (size_t i = 0; i < count; i++)
            dv[i] = dy[i] * slope_of(is, is->a[i], y[i]);
        normalize_backward(call, is, dz, dv);
    }
    dense_backward(call, is, dz);
}

void batch_normalization_placement_answer(struct call *call)
{
    static const char *const placements[] = {"before_activation", "after_activation", NULL};
    static const char *const activations[] = {"relu", "tanh", NULL};
    struct layer is = {.x = call_input(call, "x", "NI"), .w = call_input(call, "w", "IO")};
    size_t N = is.N = call_size(call, 'N'), I = is.I = call_size(call, 'I');
    size_t O = is.O = call_size(call, 'O');
    is.block = call_block(call);
    is.after = call_choice(call, "placement", placements);
    is.is_tanh = call_choice(call, "activation", activations);
    is.gamma = call_has(call, "gamma") ? call_input(call, "gamma", "O") : NULL;
    real *one = call_scratch(call, O), *zero = call_scratch(call, O);
    for (size_t o = 0; o < O; o++)
        one[o] = 1;
    is.gamma = is.gamma ? is.gamma : one;
    is.beta = call_has(call, "beta") ? call_input(call, "beta", "O") : zero;
    if (N < 2)
        call_fail(call, "input 'x' has %zu samples, and statistics of a batch need two", N);
    if (call_has(call, "b") && !is.after)
        call_fail(call, "input 'b' has no effect before a normalization; leave it out");
    const real *b = call_has(call, "b") ? call_input(call, "b", "O") : zero;
    is.z = call_scratch(call, N * O);
    is.a = call_scratch(call, N * O);
    for (size_t i = 0; i < N * O; i++)
        is.z[i] = sum_products(b[i % O], I, &is.x[i / O * I], 1, &is.w[i % O], O);
    real *y = call_output(call, "y", "NO");
    if (is.after) {
        activate(call, &is, is.a, is.z);
        normalize(call, &is, y, is.a);
    } else {
        normalize(call, &is, is.a, is.z);
        activate(call, &is, y, is.a);
    }
    if (call_has(call, "dy"))
        backward(call, &is, y);
}
