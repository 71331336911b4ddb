// SPDX-License-Identifier: MIT
#include "robust_scaling.h"

struct robust_rule robust_rule_read(struct call *call)
{
    static const char *const kinds[] = {"linear", "weibull",  "hazen", "lower",
                                        "higher", "midpoint", NULL};
    static const char *const yes[] = {"yes", "no", NULL};
    struct robust_rule rule = {.kind =
                                   (enum quantile_kind)call_choice(call, "interpolation", kinds),
                               .uncentred = call_choice(call, "centering", yes),
                               .unscaled = call_choice(call, "scaling", yes),
                               .low = call_number_or(call, "low", R(0.25)),
                               .high = call_number_or(call, "high", R(0.75)),
                               .unit = call_number_or(call, "unit", R(1.0))};
    if (!(rule.low >= 0))
        call_fail(call, "number 'low' is negative");
    if (!(rule.high > rule.low && rule.high <= 1))
        call_fail(call, "number 'high' is not above number 'low' and at most 1");
    if (!(rule.unit > 0))
        call_fail(call, "number 'unit' is not above 0");
    return rule;
}

/* h before it is cut into a place and a weight. */
static real position(size_t N, real q, enum quantile_kind kind)
{
    real h = real_count(N - 1) * q, last = real_count(N - 1);
    if (kind == Q_WEIBULL)
        h = real_count(N + 1) * q - 1;
    else if (kind == Q_HAZEN)
        h = real_count(N) * q - R(0.5);
    return h < 0 ? 0 : h > last ? last : h;
}

struct quantile_place quantile_place(size_t N, real q, enum quantile_kind kind)
{
    real h = position(N, q, kind);
    size_t i = (size_t)h;
    struct quantile_place place = {i, i + 1 < N ? i + 1 : i, h - real_count(i)};
    if (kind == Q_LOWER || place.weight == 0)
        place.above = i;
    else if (kind == Q_HIGHER)
        place.below = place.above;
    else if (kind == Q_MIDPOINT)
        place.weight = R(0.5);
    return place;
}

void ascending(real *v, size_t N)
{
    for (size_t i = 1; i < N; i++) {
        real value = v[i];
        size_t at = i;
        for (; at > 0 && v[at - 1] > value; at--)
            v[at] = v[at - 1];
        v[at] = value;
    }
}

real quantile(const real *v, size_t N, real q, enum quantile_kind kind)
{
    struct quantile_place place = quantile_place(N, q, kind);
    return v[place.below] + place.weight * (v[place.above] - v[place.below]);
}

real median(const real *v, size_t N)
{
    return N % 2 ? v[N / 2] : (v[N / 2 - 1] + v[N / 2]) / 2;
}

void robust_scaling_fit(real *center, real *scale, real *v, const real *x, size_t N, size_t D,
                        const struct robust_rule *rule)
{
    for (size_t d = 0; d < D; d++) {
        for (size_t n = 0; n < N; n++)
            v[n] = x[n * D + d];
        ascending(v, N);
        real range = quantile(v, N, rule->high, rule->kind) - quantile(v, N, rule->low, rule->kind);
        center[d] = rule->uncentred ? 0 : median(v, N);
        scale[d] = rule->unscaled || range == 0 ? 1 : range / rule->unit;
    }
}

void robust_scaling_apply(real *z, const real *x, const real *center, const real *scale, size_t N,
                          size_t D)
{
    for (size_t i = 0; i < N * D; i++)
        z[i] = (x[i] - center[i % D]) / scale[i % D];
}

/* States where a choice between neighbours was made. */
static void decide(struct call *call, size_t N, const struct robust_rule *rule)
{
    const real q[] = {rule->low, rule->high};
    for (size_t i = 0; i < 2 && rule->kind >= Q_LOWER; i++) {
        real h = position(N, q[i], rule->kind), g = h - real_count((size_t)h);
        real distance = g > R(0.5) ? 1 - g : g;
        call_decisions(call, 1, &distance);
    }
}

void robust_scaling_answer(struct call *call)
{
    const real *x = call_input(call, "x", "ND");
    size_t N = call_size(call, 'N'), D = call_size(call, 'D');
    struct robust_rule rule = robust_rule_read(call);
    if (N == 0)
        call_fail(call, "input 'x' is empty, so it has no median");
    real *center = call_output(call, "center", "D"), *scale = call_output(call, "scale", "D");
    decide(call, N, &rule);
    robust_scaling_fit(center, scale, call_scratch(call, N), x, N, D, &rule);
    robust_scaling_apply(call_output(call, "z", "ND"), x, center, scale, N, D);
    if (!call_has(call, "x_new"))
        return;
    const real *x_new = call_input(call, "x_new", "MD");
    robust_scaling_apply(call_output(call, "z_new", "MD"), x_new, center, scale,
                         call_size(call, 'M'), D);
}
