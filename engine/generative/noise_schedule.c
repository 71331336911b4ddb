// SPDX-License-Identifier: MIT
#include "noise_schedule.h"

static scalar inside(struct question *q, const char *name, scalar otherwise, bool may_be_one)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value > 0 && (value < 1 || (may_be_one && value == 1))))
        question_refuse(q, "its '%s' is %g; give a number above 0 and below 1", name,
                        (double)value);
    return value;
}

static void spaced(struct question *q, scalar *beta, size_t T, bool roots)
{
    scalar start = inside(q, "beta_start", (scalar)1e-4, false);
    scalar end = inside(q, "beta_end", (scalar)0.02, false);
    if (roots) {
        start = scalar_sqrt(start);
        end = scalar_sqrt(end);
    }
    for (size_t i = 0; i < T; i++) {
        beta[i] = start;
        if (T > 1)
            beta[i] = start + (end - start) * ((scalar)i / (scalar)(T - 1));
        if (roots)
            beta[i] *= beta[i];
    }
}

static void cosine(struct question *q, scalar *beta, size_t T)
{
    const scalar half_pi = (scalar)1.57079632679489661923;
    const scalar s = question_number_or(q, "offset", (scalar)0.008);
    const scalar high = inside(q, "max_beta", (scalar)0.999, true);
    scalar *f = question_scratch(q, T + 1);
    if (!(s > 0))
        question_refuse(q, "its 'offset' is %g; give a number above 0", (double)s);
    for (size_t i = 0; i <= T; i++)
        f[i] = ((scalar)i / (scalar)T + s) / (1 + s) * half_pi;
    question_team(q)->kernels->cosine(T + 1, f, f);
    for (size_t i = 0; i <= T; i++)
        f[i] *= f[i];
    for (size_t i = 0; i < T; i++) {
        const scalar free = 1 - f[i + 1] / f[i];
        beta[i] = free - high > 0 ? high : free;
    }
}

static void given(struct question *q, scalar *beta, size_t T)
{
    const scalar *stated = question_input(q, "beta", "T");
    for (size_t i = 0; i < T; i++) {
        if (!(stated[i] >= 0 && stated[i] <= 1))
            question_refuse(q, "element %zu of its 'beta' is not between 0 and 1", i);
        beta[i] = stated[i];
    }
}

static void stretch(struct question *q, scalar *abar, size_t T)
{
    const scalar first = scalar_sqrt(abar[0]), last = scalar_sqrt(abar[T - 1]);
    if (!(first > last))
        question_refuse(q, "its 'terminal' is zero, but its abar does not fall");
    for (size_t i = 0; i < T; i++) {
        const scalar root = (scalar_sqrt(abar[i]) - last) * (first / (first - last));
        abar[i] = root * root;
    }
}

struct noise_schedule noise_schedule_read(struct question *q)
{
    static const char *const schedules[] = {"linear", "scaled_linear", "cosine", "given", NULL};
    static const char *const terminals[] = {"kept", "zero", NULL};
    struct noise_schedule is = {.T = question_count(q, "steps", 1, 4096)};
    const int kind = question_choice(q, "schedule", schedules);
    question_bind(q, 'T', is.T);
    is.beta = question_scratch(q, is.T);
    is.abar = question_scratch(q, is.T);
    if (kind == 2)
        cosine(q, is.beta, is.T);
    else if (kind == 3)
        given(q, is.beta, is.T);
    else
        spaced(q, is.beta, is.T, kind == 1);
    scalar left = 1;
    for (size_t t = 0; t < is.T; t++)
        is.abar[t] = left *= 1 - is.beta[t];
    is.stretched = question_choice(q, "terminal", terminals) == 1;
    if (is.stretched)
        stretch(q, is.abar, is.T);
    return is;
}

enum diffusion_target diffusion_target_read(struct question *q)
{
    static const char *const targets[] = {"epsilon", "sample", "v", NULL};
    return (enum diffusion_target)question_choice(q, "target", targets);
}
