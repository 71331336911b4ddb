// SPDX-License-Identifier: MIT
#include "max_abs_scaling.h"

struct max_abs_rule max_abs_rule_read(struct call *call)
{
    static const char *const scopes[] = {"feature", "all", NULL};
    static const char *const clips[] = {"no", "yes", NULL};
    return (struct max_abs_rule){(enum max_abs_scope)call_choice(call, "scope", scopes),
                                 call_choice(call, "clip", clips)};
}

void max_abs_scaling_fit(real *largest, const real *x, size_t N, size_t D, enum max_abs_scope scope)
{
    real most = 0;
    for (size_t d = 0; d < D; d++) {
        largest[d] = 0;
        for (size_t n = 0; n < N; n++)
            largest[d] = real_abs(x[n * D + d]) > largest[d] ? real_abs(x[n * D + d]) : largest[d];
        most = largest[d] > most ? largest[d] : most;
    }
    for (size_t d = 0; d < D && scope == MAX_ABS_ALL; d++)
        largest[d] = most;
}

void max_abs_scaling_apply(real *z, const real *x, const real *largest, size_t N, size_t D,
                           int clip)
{
    for (size_t i = 0; i < N * D; i++) {
        z[i] = largest[i % D] > 0 ? x[i] / largest[i % D] : x[i];
        if (clip && z[i] > 1)
            z[i] = 1;
        if (clip && z[i] < -1)
            z[i] = -1;
    }
}

void max_abs_scaling_answer(struct call *call)
{
    const real *x = call_input(call, "x", "ND");
    size_t N = call_size(call, 'N'), D = call_size(call, 'D');
    struct max_abs_rule rule = max_abs_rule_read(call);
    if (N == 0)
        call_fail(call, "input 'x' is empty, so it has no largest value");
    real *largest = call_output(call, "largest", "D");
    max_abs_scaling_fit(largest, x, N, D, rule.scope);
    max_abs_scaling_apply(call_output(call, "z", "ND"), x, largest, N, D, rule.clip);
    if (!call_has(call, "x_new"))
        return;
    const real *x_new = call_input(call, "x_new", "MD");
    max_abs_scaling_apply(call_output(call, "z_new", "MD"), x_new, largest, call_size(call, 'M'), D,
                          rule.clip);
}
