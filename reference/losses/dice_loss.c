// SPDX-License-Identifier: MIT
#include "dice_loss.h"

struct rules {
    int tversky, squared;
    real alpha, beta, s_n, s_d;
};

/* I, A and B of one group, and what follows from them. */
struct overlap {
    real I, A, B, F, den;
};

static void finish(struct overlap *o, const struct rules *rules)
{
    real num = rules->tversky ? o->I + rules->s_n : 2 * o->I + rules->s_n;
    real missed = rules->beta * (o->B - o->I), wrong = rules->alpha * (o->A - o->I);
    o->den = rules->tversky ? o->I + wrong + missed + rules->s_d : o->A + o->B + rules->s_d;
    o->F = num / o->den;
}

static real slope(const struct overlap *o, const struct rules *rules, real y, real t)
{
    real grown = rules->squared ? 2 * y : R(1.0);
    if (!rules->tversky)
        return (o->F * grown - 2 * t) / o->den;
    real den = t + rules->alpha * (grown - t) - rules->beta * t;
    return (o->F * den - t) / o->den;
}

static struct rules read_rules(struct call *call)
{
    static const char *const forms[] = {"dice", "tversky", NULL};
    static const char *const powers[] = {"one", "two", NULL};
    static const char *const places[] = {"denominator", "both", NULL};
    struct rules rules = {.tversky = call_choice(call, "form", forms),
                          .squared = call_choice(call, "power", powers),
                          .alpha = call_number_or(call, "alpha", R(0.5)),
                          .beta = call_number_or(call, "beta", R(0.5)),
                          .s_d = call_number_or(call, "smooth", R(1e-7))};
    rules.s_n = call_choice(call, "smooth_place", places) ? rules.s_d : R(0.0);
    if (!(rules.s_d > 0))
        call_fail(call, "number 'smooth' must be above 0");
    if (!(rules.alpha >= 0))
        call_fail(call, "number 'alpha' must be at least 0");
    if (!(rules.beta >= 0))
        call_fail(call, "number 'beta' must be at least 0");
    return rules;
}

static const real *read_chances(struct call *call, const char *name)
{
    const real *x = call_input(call, name, "NK");
    size_t count = call_size(call, 'N') * call_size(call, 'K');
    if (count == 0)
        call_fail(call, "input '%s' has no elements", name);
    for (size_t i = 0; i < count; i++) {
        if (!(x[i] >= R(-1e-6) && x[i] - 1 <= R(1e-6)))
            call_fail(call, "element %zu of input '%s' must be in 0..1", i, name);
    }
    return x;
}

void dice_loss_answer(struct call *call)
{
    static const char *const overs[] = {"samples", "batch", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    const real *y = read_chances(call, "y"), *t = read_chances(call, "t");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K'), block = call_block(call);
    struct rules rules = read_rules(call);
    int whole = call_choice(call, "over", overs),
        summed = call_choice(call, "reduction", reductions);
    real W = whole || summed ? R(1.0) : real_count(N);
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    real *I = call_scratch(call, N), *A = call_scratch(call, N), *B = call_scratch(call, N);
    real *value = call_scratch(call, N), *loss = call_output(call, "loss", "");
    real *dy = call_output(call, "dy", "NK");
    struct overlap all = {0};
    for (size_t n = 0; n < N; n++) {
        const real *p = &y[n * K], *q = &t[n * K];
        I[n] = sum_products(R(0.0), K, p, 1, q, 1);
        A[n] = rules.squared ? sum_products(R(0.0), K, p, 1, p, 1) : sum_features(K, p, 1);
        B[n] = rules.squared ? sum_products(R(0.0), K, q, 1, q, 1) : sum_features(K, q, 1);
    }
    if (whole) {
        all.I = sum_samples(N, block, I, 1);
        all.A = sum_samples(N, block, A, 1);
        all.B = sum_samples(N, block, B, 1);
        finish(&all, &rules);
    }
    for (size_t n = 0; n < N; n++) {
        struct overlap own = {.I = I[n], .A = A[n], .B = B[n]};
        finish(&own, &rules);
        value[n] = 1 - own.F;
        for (size_t i = n * K; i < (n + 1) * K; i++)
            dy[i] = slope(whole ? &all : &own, &rules, y[i], t[i]) * dloss / W;
    }
    *loss = whole ? 1 - all.F : sum_samples(N, block, value, 1) / W;
}
