// SPDX-License-Identifier: MIT
#include "adamax.h"

void adamax_update(real *w, real *m, real *u, const real *g, real rate, size_t t,
                   const struct adamax_rules *rules, size_t P)
{
    real c1 = rules->bias_correction ? 1 - updates_power(rules->beta1, t) : 1;
    int inside = rules->epsilon_placement == ADAMAX_IN_MAXIMUM;
    real within = inside ? rules->epsilon : 0, beside = inside ? 0 : rules->epsilon;
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&rules->decay, &w[p], g[p], rate);
        m[p] = rules->beta1 * m[p] + (1 - rules->beta1) * h;
        real faded = rules->beta2 * u[p], size = real_abs(h) + within;
        u[p] = faded > size ? faded : size;
        w[p] = w[p] - rate / c1 * m[p] / (u[p] + beside);
    }
}

struct adamax_rules adamax_rules_read(struct call *call)
{
    static const char *const epsilons[] = {"in_maximum", "in_denominator", NULL};
    static const char *const corrections[] = {"yes", "no", NULL};
    struct adamax_rules rules = {0};
    rules.epsilon_placement = (enum adamax_epsilon)call_choice(call, "epsilon_placement", epsilons);
    rules.bias_correction = call_choice(call, "bias_correction", corrections) == 0;
    rules.beta1 = updates_share(call, "beta1");
    rules.beta2 = updates_share(call, "beta2");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.decay = weight_decay_read(call);
    return rules;
}

void adamax_answer(struct call *call)
{
    struct updates steps = updates_read(call);
    struct adamax_rules rules = adamax_rules_read(call);
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    real *m = updates_state(call, "m"), *u = updates_state(call, "u");
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    real *u_after = call_output(call, "u_after", "SP");
    for (size_t s = 0; s < steps.S; s++) {
        adamax_update(steps.w, m, u, &steps.g[s * steps.P], steps.rate[s], t + s, &rules, steps.P);
        updates_record(w_after, steps.w, s, steps.P);
        updates_record(m_after, m, s, steps.P);
        updates_record(u_after, u, s, steps.P);
    }
}
