// SPDX-License-Identifier: MIT
#include "adadelta.h"

void adadelta_update(real *w, real *v, real *u, const real *g, real rate,
                     const struct adadelta_rules *rules, size_t P)
{
    real rho = rules->rho, epsilon = rules->epsilon;
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&rules->decay, &w[p], g[p], rate);
        v[p] = rho * v[p] + (1 - rho) * h * h;
        real d = real_sqrt(u[p] + epsilon) / real_sqrt(v[p] + epsilon) * h;
        u[p] = rho * u[p] + (1 - rho) * d * d;
        w[p] = w[p] - rate * d;
    }
}

struct adadelta_rules adadelta_rules_read(struct call *call)
{
    struct adadelta_rules rules = {0};
    rules.rho = updates_share(call, "rho");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.decay = weight_decay_read(call);
    if (rules.epsilon == 0)
        call_fail(call, "number 'epsilon' must be above 0: without it Adadelta never starts");
    return rules;
}

void adadelta_answer(struct call *call)
{
    struct updates steps = updates_read(call);
    struct adadelta_rules rules = adadelta_rules_read(call);
    real *v = updates_state(call, "v"), *u = updates_state(call, "u");
    real *w_after = call_output(call, "w_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    real *u_after = call_output(call, "u_after", "SP");
    for (size_t s = 0; s < steps.S; s++) {
        adadelta_update(steps.w, v, u, &steps.g[s * steps.P], steps.rate[s], &rules, steps.P);
        updates_record(w_after, steps.w, s, steps.P);
        updates_record(v_after, v, s, steps.P);
        updates_record(u_after, u, s, steps.P);
    }
}
