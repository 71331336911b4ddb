// SPDX-License-Identifier: MIT
#include "huber.h"

enum huber_form { HUBER, SMOOTH_L1, PSEUDO_HUBER };

static real sign(real d)
{
    return d > 0 ? R(1.0) : d < 0 ? R(-1.0) : R(0.0);
}

static void huber(real *value, real *slope, real d, real delta)
{
    real a = real_abs(d), half = R(0.5) * delta;
    *value = a <= delta ? R(0.5) * d * d : delta * (a - half);
    *slope = a <= delta ? d : delta * sign(d);
}

static void smooth_l1(real *value, real *slope, real d, real beta)
{
    real a = real_abs(d), half = R(0.5) * beta;
    *value = a < beta ? R(0.5) * d * d / beta : a - half;
    *slope = a < beta ? d / beta : sign(d);
}

static void pseudo_huber(real *value, real *slope, real d, real delta)
{
    real u = d / delta, r = real_sqrt(1 + u * u);
    *value = d * (d / (1 + r));
    *slope = d / r;
}

void huber_answer(struct call *call)
{
    static const struct loss_form shape = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const forms[] = {"huber", "smooth_l1", "pseudo_huber", NULL};
    struct loss loss = loss_begin(call, &shape);
    enum huber_form form = (enum huber_form)call_choice(call, "form", forms);
    real width = call_number_or(call, form == SMOOTH_L1 ? "beta" : "delta", R(1.0));
    if (form == SMOOTH_L1 ? !(width >= 0) : !(width > 0))
        call_fail(call, form == SMOOTH_L1 ? "number 'beta' must be at least 0"
                                          : "number 'delta' must be above 0");
    const real *y = loss.input[0], *t = call_input(call, "t", "NK");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real d = y[i] - t[i], distance = real_abs(d) - width;
        if (form == HUBER)
            huber(&loss.value[i], &loss.slope[0][i], d, width);
        else if (form == SMOOTH_L1)
            smooth_l1(&loss.value[i], &loss.slope[0][i], d, width);
        else
            pseudo_huber(&loss.value[i], &loss.slope[0][i], d, width);
        if (form != PSEUDO_HUBER)
            call_decisions(call, 1, width > 0 ? &distance : &d);
    }
    loss_finish(call, &loss);
}
