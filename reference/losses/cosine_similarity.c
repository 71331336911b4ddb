// SPDX-License-Identifier: MIT
#include "cosine_similarity.h"

struct cosine {
    real x, s, r, m, c;
    int raised_a, raised_b;
};

static struct cosine measure(struct call *call, const real *a, const real *b, size_t D, int each,
                             real epsilon)
{
    struct cosine y = {.x = sum_products(R(0.0), D, a, 1, b, 1),
                       .s = sum_products(R(0.0), D, a, 1, a, 1),
                       .r = sum_products(R(0.0), D, b, 1, b, 1)};
    real A = real_sqrt(y.s), B = real_sqrt(y.r);
    if (each) {
        real above[2] = {A - epsilon, B - epsilon};
        call_decisions(call, 2, above);
        y.raised_a = above[0] < 0;
        y.raised_b = above[1] < 0;
        y.m = (y.raised_a ? epsilon : A) * (y.raised_b ? epsilon : B);
    } else {
        real above = A * B - epsilon;
        call_decisions(call, 1, &above);
        y.raised_a = y.raised_b = above < 0;
        y.m = above < 0 ? epsilon : A * B;
    }
    y.c = y.x / y.m;
    return y;
}

void cosine_similarity_answer(struct call *call)
{
    static const struct loss_form shape = {
        .shape = "ND", .per_sample = 1, .input = {"a", "b"}, .gradient = {"da", "db"}};
    static const char *const forms[] = {"one_minus", "negative", NULL};
    static const char *const places[] = {"product", "each", NULL};
    struct loss loss = loss_begin(call, &shape);
    int negative = call_choice(call, "form", forms),
        each = call_choice(call, "epsilon_place", places);
    real epsilon = call_number_or(call, "epsilon", R(1e-8));
    real margin = call_number_or(call, "margin", R(0.0));
    if (!(epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    if (!(margin >= -1 && margin <= 1))
        call_fail(call, "number 'margin' must be in -1..1");
    const int *t = call_has(call, "t") ? call_integers(call, "t", "N", -1, 1) : NULL;
    size_t D = loss.K;
    for (size_t n = 0; n < loss.N; n++) {
        const real *a = &loss.input[0][n * D], *b = &loss.input[1][n * D];
        struct cosine y = measure(call, a, b, D, each, epsilon);
        int alike = !t || t[n] > 0;
        if (t && t[n] == 0)
            call_fail(call, "element %zu of input 't' is 0, but must be -1 or 1", n);
        real h = y.c - margin, sign = R(-1.0);
        if (!alike) {
            call_decisions(call, 1, &h);
            sign = h > 0 ? R(1.0) : R(0.0);
        }
        loss.value[n] = !alike ? (h > 0 ? h : R(0.0)) : negative ? -y.c : 1 - y.c;
        real p = y.raised_a ? R(0.0) : y.c / y.s, q = y.raised_b ? R(0.0) : y.c / y.r;
        for (size_t d = 0; d < D; d++) {
            loss.slope[0][n * D + d] = sign * (b[d] / y.m - p * a[d]);
            loss.slope[1][n * D + d] = sign * (a[d] / y.m - q * b[d]);
        }
    }
    loss_finish(call, &loss);
}
