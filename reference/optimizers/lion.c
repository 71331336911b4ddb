// SPDX-License-Identifier: MIT
#include "lion.h"

static real sign(real x)
{
    return x > 0 ? R(1.0) : x < 0 ? R(-1.0) : R(0.0);
}

void lion_update(real *w, real *m, real *c, const real *g, real rate,
                 const struct lion_rules *rules, size_t P)
{
    for (size_t p = 0; p < P; p++) {
        c[p] = rules->beta1 * m[p] + (1 - rules->beta1) * g[p];
        if (rules->decay != 0)
            w[p] = w[p] - rate * rules->decay * w[p];
        w[p] = w[p] - rate * sign(c[p]);
        m[p] = rules->beta2 * m[p] + (1 - rules->beta2) * g[p];
    }
}

struct lion_rules lion_rules_read(struct call *call)
{
    struct lion_rules rules = {0};
    rules.beta1 = updates_share(call, "beta1");
    rules.beta2 = updates_share(call, "beta2");
    rules.decay = updates_positive_or(call, "weight_decay", R(0.0));
    return rules;
}

void lion_answer(struct call *call)
{
    struct updates u = updates_read(call);
    struct lion_rules rules = lion_rules_read(call);
    real *m = updates_state(call, "m"), *c = call_scratch(call, u.P);
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        lion_update(u.w, m, c, &u.g[s * u.P], u.rate[s], &rules, u.P);
        call_decisions(call, u.P, c);
        updates_record(w_after, u.w, s, u.P);
        updates_record(m_after, m, s, u.P);
    }
}
