// SPDX-License-Identifier: MIT
#include "nadam.h"

real nadam_momentum(size_t t, const struct nadam_rules *rules)
{
    if (rules->constant)
        return rules->beta1;
    real x = real_count(t) * rules->momentum_decay;
    real power = real_exp(x * real_log(R(0.96)));
    return rules->beta1 * (1 - power / 2);
}

real nadam_product(size_t t, const struct nadam_rules *rules)
{
    real product = nadam_momentum(1, rules);
    for (size_t i = 2; i <= t; i++)
        product = product * nadam_momentum(i, rules);
    return product;
}

void nadam_update(real *w, real *m, real *v, const real *g, real rate, size_t t,
                  const struct nadam_rules *rules, size_t P)
{
    real mu = nadam_momentum(t, rules), mu_next = nadam_momentum(t + 1, rules);
    real product = nadam_product(t, rules), next = product * mu_next;
    real c2 = 1 - updates_power(rules->beta2, t);
    real keep = rules->scheduled_moment ? mu : rules->beta1;
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&rules->decay, &w[p], g[p], rate);
        m[p] = keep * m[p] + (1 - keep) * h;
        v[p] = rules->beta2 * v[p] + (1 - rules->beta2) * h * h;
        real n = mu_next * m[p] / (1 - next) + (1 - mu) * h / (1 - product);
        w[p] = w[p] - rate * n / (real_sqrt(v[p] / c2) + rules->epsilon);
    }
}

struct nadam_rules nadam_rules_read(struct call *call)
{
    static const char *const schedules[] = {"warming", "constant", NULL};
    static const char *const moments[] = {"beta1", "schedule", NULL};
    struct nadam_rules rules = {0};
    rules.constant = call_choice(call, "momentum_schedule", schedules);
    rules.scheduled_moment = call_choice(call, "first_moment", moments);
    rules.beta1 = updates_share(call, "beta1");
    rules.beta2 = updates_share(call, "beta2");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.momentum_decay = updates_positive_or(call, "momentum_decay", R(0.004));
    rules.decay = weight_decay_read(call);
    return rules;
}

void nadam_answer(struct call *call)
{
    struct updates u = updates_read(call);
    struct nadam_rules rules = nadam_rules_read(call);
    size_t t = call_count_or(call, "first_step", 1, 1, 10000);
    real *m = updates_state(call, "m"), *v = updates_state(call, "v");
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        nadam_update(u.w, m, v, &u.g[s * u.P], u.rate[s], t + s, &rules, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(m_after, m, s, u.P);
        updates_record(v_after, v, s, u.P);
    }
}
