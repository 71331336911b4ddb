// SPDX-License-Identifier: MIT
#include "softplus.h"

static int is_linear(real t, const struct softplus_rules *rules)
{
    return rules->has_threshold && t > rules->threshold;
}

void softplus_forward(real *y, const real *x, size_t n, const struct softplus_rules *rules)
{
    for (size_t i = 0; i < n; i++) {
        real t = rules->beta * x[i];
        real smooth = ((t > 0 ? t : 0) + real_log1p(real_exp(-real_abs(t)))) / rules->beta;
        y[i] = is_linear(t, rules) ? x[i] : smooth;
    }
}

void softplus_backward(real *dx, const real *dy, const real *x, size_t n,
                       const struct softplus_rules *rules)
{
    for (size_t i = 0; i < n; i++) {
        real t = rules->beta * x[i];
        real e = real_exp(-real_abs(t));
        real slope = t < 0 ? e / (1 + e) : 1 / (1 + e);
        dx[i] = is_linear(t, rules) ? dy[i] : dy[i] * slope;
    }
}

struct softplus_rules softplus_rules_of(struct call *call)
{
    static const char *const tails[] = {"smooth", "linear", NULL};
    struct softplus_rules rules = {.beta = call_number_or(call, "beta", R(1.0))};
    rules.has_threshold = call_choice(call, "tail", tails);
    rules.threshold = call_number_or(call, "threshold", R(20.0));
    if (!(rules.beta > 0))
        call_fail(call, "number 'beta' must be above 0");
    return rules;
}

void softplus_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    struct softplus_rules rules = softplus_rules_of(call);
    softplus_forward(call_output(call, "y", "NC"), x, n, &rules);
    if (rules.has_threshold) {
        real *distance = call_scratch(call, n);
        for (size_t i = 0; i < n; i++)
            distance[i] = rules.beta * x[i] - rules.threshold;
        call_decisions(call, n, distance);
    }
    if (call_has(call, "dy"))
        softplus_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n,
                          &rules);
}
