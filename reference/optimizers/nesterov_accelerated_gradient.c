// SPDX-License-Identifier: MIT
#include "nesterov_accelerated_gradient.h"
#include "optimizer.h"

struct quadratic quadratic_read(struct call *call)
{
    struct quadratic f = {0};
    f.b = call_input(call, "b", "P");
    f.P = call_size(call, 'P');
    f.A = call_input(call, "A", "PP");
    f.block = call_block(call);
    for (size_t n = 0; n < f.P; n++)
        for (size_t p = 0; p < n; p++) {
            real low = f.A[n * f.P + p], high = f.A[p * f.P + n];
            if (real_abs(low - high) > R(1e-6) * real_abs(high))
                call_fail(call, "input 'A' must be symmetric, but A[%zu,%zu] is not A[%zu,%zu]", n,
                          p, p, n);
        }
    return f;
}

void quadratic_gradient(real *G, const real *l, const struct quadratic *f)
{
    for (size_t p = 0; p < f->P; p++)
        G[p] = sum_sample_products(f->P, f->block, &f->A[p], f->P, l, 1) - f->b[p];
}

void look_ahead(real *l, const real *w, const real *v, real rate, real mu,
                enum look_ahead_form form, size_t P)
{
    for (size_t p = 0; p < P; p++) {
        if (form == LOOK_SUBTRACTED)
            l[p] = w[p] - mu * v[p];
        else if (form == LOOK_ADDED)
            l[p] = w[p] + mu * v[p];
        else
            l[p] = w[p] - rate * mu * v[p];
    }
}

void look_ahead_update(real *w, real *v, const real *G, real rate, real mu,
                       enum look_ahead_form form, size_t P)
{
    for (size_t p = 0; p < P; p++) {
        if (form == LOOK_SUBTRACTED) {
            v[p] = mu * v[p] + rate * G[p];
            w[p] = w[p] - v[p];
        } else if (form == LOOK_ADDED) {
            v[p] = mu * v[p] - rate * G[p];
            w[p] = w[p] + v[p];
        } else {
            v[p] = mu * v[p] + G[p];
            w[p] = w[p] - rate * v[p];
        }
    }
}

real look_ahead_momentum(size_t t, real momentum, enum look_ahead_schedule schedule)
{
    if (schedule == LOOK_CONSTANT)
        return momentum;
    if (t < 2)
        return R(0.0);
    if (schedule == LOOK_LINEAR)
        return real_count(t - 2) / real_count(t + 1);
    real before = R(1.0), now = R(1.0);
    for (size_t i = 2; i <= t; i++) {
        before = now;
        now = (1 + real_sqrt(1 + 4 * before * before)) / 2;
    }
    return (before - 1) / now;
}

void nesterov_accelerated_gradient_answer(struct call *call)
{
    static const char *const forms[] = {"subtracted", "added", "rate_outside", NULL};
    static const char *const schedules[] = {"constant", "nesterov", "linear", NULL};
    struct quadratic f = quadratic_read(call);
    size_t P = f.P;
    const real *rate = call_input(call, "rate", "S");
    enum look_ahead_form form = (enum look_ahead_form)call_choice(call, "form", forms);
    enum look_ahead_schedule schedule =
        (enum look_ahead_schedule)call_choice(call, "schedule", schedules);
    real momentum = schedule == LOOK_CONSTANT ? updates_share(call, "momentum") : R(0.0);
    size_t first = call_count_or(call, "first_step", 1, 1, 10000);
    real *w = call_scratch(call, P), *v = updates_state(call, "velocity");
    updates_record(w, call_input(call, "w", "P"), 0, P);
    real *l = call_scratch(call, P);
    real *w_after = call_output(call, "w_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    real *gradient = call_output(call, "gradient", "SP");
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        real mu = look_ahead_momentum(first + s, momentum, schedule);
        look_ahead(l, w, v, rate[s], mu, form, P);
        quadratic_gradient(&gradient[s * P], l, &f);
        look_ahead_update(w, v, &gradient[s * P], rate[s], mu, form, P);
        updates_record(w_after, w, s, P);
        updates_record(v_after, v, s, P);
    }
}
