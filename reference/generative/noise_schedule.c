// SPDX-License-Identifier: MIT
#include "noise_schedule.h"

enum { LINEAR, SCALED_LINEAR, COSINE, GIVEN };

static real inside(struct call *call, const char *name, real otherwise, int may_be_one)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value > 0 && (value < 1 || (may_be_one && value == 1))))
        call_fail(call, "number '%s' must be above 0 and below 1", name);
    return value;
}

static void spaced(struct call *call, real *beta, size_t T, int roots)
{
    real start = inside(call, "beta_start", R(1e-4), 0);
    real end = inside(call, "beta_end", R(0.02), 0);
    if (roots) {
        start = real_sqrt(start);
        end = real_sqrt(end);
    }
    for (size_t i = 0; i < T; i++) {
        real b = T == 1 ? start : start + (end - start) * (real_count(i) / real_count(T - 1));
        beta[i] = roots ? b * b : b;
    }
}

static void cosine(struct call *call, real *beta, size_t T)
{
    const real half_pi = R(1.57079632679489661923132169163975144);
    real s = call_number_or(call, "offset", R(0.008)), high = inside(call, "max_beta", R(0.999), 1);
    real *gap = call_scratch(call, T), before = 0;
    if (!(s > 0))
        call_fail(call, "number 'offset' must be above 0");
    for (size_t i = 0; i <= T; i++) {
        real root = real_cos((real_count(i) / real_count(T) + s) / (1 + s) * half_pi);
        real f = root * root;
        if (i > 0) {
            gap[i - 1] = 1 - f / before - high;
            beta[i - 1] = gap[i - 1] > 0 ? high : 1 - f / before;
        }
        before = f;
    }
    call_decisions(call, T, gap);
}

static void given(struct call *call, real *beta, size_t T)
{
    const real *stated = call_input(call, "beta", "T");
    for (size_t i = 0; i < T; i++) {
        if (!(stated[i] >= 0 && stated[i] <= 1))
            call_fail(call, "element %zu of input 'beta' is not between 0 and 1", i);
        beta[i] = stated[i];
    }
}

static void stretch(struct call *call, real *abar, size_t T)
{
    real first = real_sqrt(abar[0]), last = real_sqrt(abar[T - 1]);
    if (!(first > last))
        call_fail(call, "convention 'terminal' = zero needs an abar that falls");
    for (size_t i = 0; i < T; i++) {
        real root = (real_sqrt(abar[i]) - last) * (first / (first - last));
        abar[i] = root * root;
    }
}

struct noise_schedule noise_schedule_read(struct call *call)
{
    static const char *const schedules[] = {"linear", "scaled_linear", "cosine", "given", NULL};
    static const char *const terminals[] = {"kept", "zero", NULL};
    struct noise_schedule is = {.T = call_count(call, "steps", 1, 4096)};
    int kind = call_choice(call, "schedule", schedules);
    call_bind(call, 'T', is.T);
    is.beta = call_scratch(call, is.T);
    is.abar = call_scratch(call, is.T);
    if (kind == COSINE)
        cosine(call, is.beta, is.T);
    else if (kind == GIVEN)
        given(call, is.beta, is.T);
    else
        spaced(call, is.beta, is.T, kind == SCALED_LINEAR);
    for (size_t t = 0; t < is.T; t++)
        is.abar[t] = (t == 0 ? 1 : is.abar[t - 1]) * (1 - is.beta[t]);
    if (call_choice(call, "terminal", terminals) == 1)
        stretch(call, is.abar, is.T);
    return is;
}

enum diffusion_target diffusion_target_read(struct call *call)
{
    static const char *const targets[] = {"epsilon", "sample", "v", NULL};
    return (enum diffusion_target)call_choice(call, "target", targets);
}
