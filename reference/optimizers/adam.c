// SPDX-License-Identifier: MIT
#include "adam.h"
#include "optimizer.h"

/* beta^t by t - 1 multiplications. */
static real power(real beta, size_t t)
{
    real result = beta;
    for (size_t i = 1; i < t; i++)
        result = result * beta;
    return result;
}

/* The second moment that the denominator uses, before the correction c2. */
static real denominator_moment(real v, real *maximum, real c2, const struct adam_rules *rules)
{
    switch (rules->maximum) {
    case ADAM_MAXIMUM_OF_V:
        *maximum = v > *maximum ? v : *maximum;
        return *maximum / c2;
    case ADAM_MAXIMUM_OF_CORRECTED_V:
        *maximum = v / c2 > *maximum ? v / c2 : *maximum;
        return *maximum;
    default:
        return v / c2;
    }
}

void adam_update(real *w, real *m, real *v, real *maximum, const real *g, real rate, size_t t,
                 const struct adam_rules *rules, size_t P)
{
    real c1 = rules->bias_correction ? 1 - power(rules->beta1, t) : 1;
    real c2 = rules->bias_correction ? 1 - power(rules->beta2, t) : 1;
    int before = rules->epsilon_placement == ADAM_BEFORE_CORRECTION;
    real before_rate = rate * real_sqrt(c2) / c1;
    for (size_t p = 0; p < P; p++) {
        real h = g[p];
        if (rules->decay_form == ADAM_COUPLED)
            h = decayed_gradient(g[p], rules->decay, w[p]);
        else if (rules->decay_form == ADAM_DECOUPLED)
            w[p] = w[p] - rate * rules->decay * w[p];
        else
            w[p] = w[p] - rules->decay * w[p];
        m[p] = rules->beta1 * m[p] + (1 - rules->beta1) * h;
        v[p] = rules->beta2 * v[p] + (1 - rules->beta2) * h * h;
        real s = denominator_moment(v[p], maximum ? &maximum[p] : NULL, before ? 1 : c2, rules);
        if (before)
            w[p] = w[p] - before_rate * m[p] / (real_sqrt(s) + rules->epsilon);
        else if (rules->epsilon_placement == ADAM_INSIDE_ROOT)
            w[p] = w[p] - rate * (m[p] / c1) / real_sqrt(s + rules->epsilon);
        else
            w[p] = w[p] - rate * (m[p] / c1) / (real_sqrt(s) + rules->epsilon);
    }
}

static struct adam_rules read_rules(struct call *call)
{
    static const char *const epsilons[] = {"after_correction", "before_correction", "inside_root",
                                           NULL};
    static const char *const decays[] = {"coupled", "decoupled", "decoupled_without_rate", NULL};
    static const char *const maxima[] = {"no", "max_of_v", "max_of_corrected_v", NULL};
    static const char *const corrections[] = {"yes", "no", NULL};
    struct adam_rules rules = {0};
    rules.epsilon_placement = (enum adam_epsilon)call_choice(call, "epsilon_placement", epsilons);
    rules.decay_form = (enum adam_decay)call_choice(call, "decay_form", decays);
    rules.maximum = (enum adam_maximum)call_choice(call, "amsgrad", maxima);
    rules.bias_correction = call_choice(call, "bias_correction", corrections) == 0;
    rules.beta1 = updates_share(call, "beta1");
    rules.beta2 = updates_share(call, "beta2");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.decay = updates_positive_or(call, "weight_decay", R(0.0));
    return rules;
}

void adam_answer(struct call *call)
{
    struct updates u = updates_read(call);
    struct adam_rules rules = read_rules(call);
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    real *m = updates_state(call, "m"), *v = updates_state(call, "v");
    real *maximum = rules.maximum ? call_scratch(call, u.P) : NULL;
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        adam_update(u.w, m, v, maximum, &u.g[s * u.P], u.rate[s], t + s, &rules, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(m_after, m, s, u.P);
        updates_record(v_after, v, s, u.P);
    }
}
