// SPDX-License-Identifier: MIT
#include "make_regression.h"

static void check(struct call *call, const struct regression *p)
{
    if (p->N == 0 || p->D == 0)
        call_fail(call, "input '%s' has no samples or features", p->low_rank ? "left" : "z");
    if (p->I > p->D)
        call_fail(call, "input '%s' has %zu features, less than the %zu informative ones of g",
                  p->low_rank ? "right" : "z", p->D, p->I);
    if (!(p->noise >= 0))
        call_fail(call, "number 'noise' is negative, which no deviation is");
    if (p->low_rank && !(p->rank > 0))
        call_fail(call, "number 'rank' is not above 0");
    if (!(p->tail >= 0 && p->tail <= 1))
        call_fail(call, "number 'tail' is not in 0..1");
}

struct regression make_regression_read(struct call *call)
{
    static const char *const coefficients[] = {"drawn", "given", NULL};
    struct regression p = {.low_rank = call_has(call, "left"),
                           .given = call_choice(call, "coefficients", coefficients),
                           .noise = call_number_or(call, "noise", R(0.0)),
                           .bias = call_number_or(call, "bias", R(0.0)),
                           .tail = call_number_or(call, "tail", R(0.5))};
    if (p.low_rank) {
        p.left = call_input(call, "left", "NK");
        p.right = call_input(call, "right", "DK");
        p.rank = call_number(call, "rank");
        p.K = call_size(call, 'K');
    } else {
        p.z = call_input(call, "z", "ND");
    }
    p.g = call_input(call, "g", "IT");
    p.N = call_size(call, 'N');
    p.D = call_size(call, 'D');
    p.I = call_size(call, 'I');
    p.T = call_size(call, 'T');
    p.e = call_has(call, "e") ? call_input(call, "e", "NT") : NULL;
    check(call, &p);
    p.order = permutation_or_identity(call, "order", 'N');
    p.feature_order = permutation_or_identity(call, "feature_order", 'D');
    return p;
}

/* f (N,D): the features before any shuffle. */
static void features(struct call *call, real *f, const struct regression *p)
{
    real *scaled = call_scratch(call, p->K), *s = call_scratch(call, p->K);
    for (size_t i = 0; !p->low_rank && i < p->N * p->D; i++)
        f[i] = p->z[i];
    for (size_t k = 0; k < p->K; k++) {
        real place = real_count(k) / p->rank;
        s[k] = (1 - p->tail) * real_exp(-(place * place)) + p->tail * real_exp(-(place / 10));
    }
    for (size_t n = 0; p->low_rank && n < p->N; n++) {
        for (size_t k = 0; k < p->K; k++)
            scaled[k] = p->left[n * p->K + k] * s[k];
        for (size_t d = 0; d < p->D; d++)
            f[n * p->D + d] = sum_products(R(0.0), p->K, scaled, 1, &p->right[d * p->K], 1);
    }
}

void make_regression_answer(struct call *call)
{
    struct regression p = make_regression_read(call);
    real *x = call_output(call, "x", "ND"), *y = call_output(call, "y", "NT");
    real *coefficient = call_output(call, "coefficient", "DT");
    real *f = call_scratch(call, p.N * p.D), *beta = call_scratch(call, p.D * p.T);
    features(call, f, &p);
    for (size_t i = 0; i < p.I * p.T; i++)
        beta[i] = p.given ? p.g[i] : 100 * p.g[i];
    for (size_t row = 0; row < p.N; row++) {
        size_t n = (size_t)p.order[row];
        for (size_t d = 0; d < p.D; d++)
            x[row * p.D + d] = f[n * p.D + (size_t)p.feature_order[d]];
        for (size_t t = 0; t < p.T; t++) {
            real value = sum_products(R(0.0), p.I, &f[n * p.D], 1, &beta[t], p.T) + p.bias;
            y[row * p.T + t] = p.e ? value + p.noise * p.e[n * p.T + t] : value;
        }
    }
    for (size_t i = 0; i < p.D * p.T; i++)
        coefficient[i] = beta[(size_t)p.feature_order[i / p.T] * p.T + i % p.T];
}
