// SPDX-License-Identifier: MIT
#include "lamb.h"

void lamb_direction(real *u, const real *w, real *m, real *v, const real *g, size_t t,
                    const struct lamb_rules *rules, size_t P)
{
    real c1 = rules->bias_correction ? 1 - updates_power(rules->beta1, t) : 1;
    real c2 = rules->bias_correction ? 1 - updates_power(rules->beta2, t) : 1;
    for (size_t p = 0; p < P; p++) {
        m[p] = rules->beta1 * m[p] + (1 - rules->beta1) * g[p];
        v[p] = rules->beta2 * v[p] + (1 - rules->beta2) * g[p] * g[p];
        real d = m[p] / c1 / (real_sqrt(v[p] / c2) + rules->epsilon);
        u[p] = decayed_gradient(d, rules->decay, w[p]);
    }
}

real lamb_ratio(real weights, real direction, const struct lamb_rules *rules)
{
    real a = weights > rules->lower ? weights : rules->lower;
    if (rules->has_upper && a > rules->upper)
        a = rules->upper;
    return a == 0 || direction == 0 ? R(1.0) : a / direction;
}

struct lamb_rules lamb_rules_read(struct call *call)
{
    static const char *const corrections[] = {"yes", "no", NULL};
    struct lamb_rules rules = {0};
    rules.bias_correction = call_choice(call, "bias_correction", corrections) == 0;
    rules.beta1 = updates_share(call, "beta1");
    rules.beta2 = updates_share(call, "beta2");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.decay = updates_positive_or(call, "weight_decay", R(0.0));
    rules.lower = updates_positive_or(call, "trust_lower", R(0.0));
    rules.upper = call_number_or(call, "trust_upper", R(-1.0));
    rules.has_upper = rules.upper >= 0;
    if (rules.has_upper && rules.upper < rules.lower)
        call_fail(call, "number 'trust_upper' must not be below 'trust_lower'");
    rules.block = call_block(call);
    return rules;
}

static real norm(const real *x, size_t P, size_t block)
{
    return real_sqrt(sum_sample_products(P, block, x, 1, x, 1));
}

void lamb_answer(struct call *call)
{
    struct updates steps = updates_read(call);
    struct lamb_rules rules = lamb_rules_read(call);
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000), P = steps.P;
    real *m = updates_state(call, "m"), *v = updates_state(call, "v"), *u = call_scratch(call, P);
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    real *ratio = call_output(call, "ratio", "S");
    for (size_t s = 0; s < steps.S; s++) {
        lamb_direction(u, steps.w, m, v, &steps.g[s * P], t + s, &rules, P);
        real weights = norm(steps.w, P, rules.block), direction = norm(u, P, rules.block);
        ratio[s] = lamb_ratio(weights, direction, &rules);
        for (size_t p = 0; p < P; p++)
            steps.w[p] = steps.w[p] - steps.rate[s] * ratio[s] * u[p];
        updates_record(w_after, steps.w, s, P);
        updates_record(m_after, m, s, P);
        updates_record(v_after, v, s, P);
    }
}
