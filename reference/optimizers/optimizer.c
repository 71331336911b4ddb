// SPDX-License-Identifier: MIT
#include "optimizer.h"

struct updates updates_read_without_rate(struct call *call)
{
    static const char *const maximize[] = {"no", "yes", NULL};
    struct updates u = {0};
    const real *g = call_input(call, "g", "SP");
    u.S = call_size(call, 'S');
    u.P = call_size(call, 'P');
    call_input(call, "w", "P"); /* a start must be given */
    u.w = updates_state(call, "w");
    u.g = g;
    if (call_choice(call, "maximize", maximize)) {
        real *negated = call_scratch(call, u.S * u.P);
        for (size_t i = 0; i < u.S * u.P; i++)
            negated[i] = -g[i];
        u.g = negated;
    }
    return u;
}

struct updates updates_read(struct call *call)
{
    struct updates u = updates_read_without_rate(call);
    u.rate = call_input(call, "rate", "S");
    return u;
}

real *updates_state(struct call *call, const char *name)
{
    size_t P = call_size(call, 'P');
    real *state = call_scratch(call, P);
    if (call_has(call, name))
        updates_record(state, call_input(call, name, "P"), 0, P);
    return state;
}

void updates_record(real *after, const real *now, size_t s, size_t P)
{
    for (size_t p = 0; p < P; p++)
        after[s * P + p] = now[p];
}

struct weight_decay weight_decay_read(struct call *call)
{
    static const char *const forms[] = {"coupled", "decoupled", NULL};
    struct weight_decay rule = {0};
    rule.form = (enum decay_form)call_choice(call, "decay_form", forms);
    rule.decay = updates_positive_or(call, "weight_decay", R(0.0));
    return rule;
}

real *updates_state_or(struct call *call, const char *name, real start)
{
    real *state = updates_state(call, name);
    if (!call_has(call, name))
        for (size_t p = 0; p < call_size(call, 'P'); p++)
            state[p] = start;
    return state;
}

real updates_share(struct call *call, const char *name)
{
    real value = call_number(call, name);
    if (!(value >= 0 && value < 1))
        call_fail(call, "number '%s' must be at least 0 and below 1", name);
    return value;
}

static real at_least_zero(struct call *call, const char *name, real value)
{
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be negative", name);
    return value;
}

real updates_positive(struct call *call, const char *name)
{
    return at_least_zero(call, name, call_number(call, name));
}

real updates_positive_or(struct call *call, const char *name, real otherwise)
{
    return at_least_zero(call, name, call_number_or(call, name, otherwise));
}

real updates_power(real beta, size_t t)
{
    real power = beta;
    for (size_t i = 1; i < t; i++)
        power = power * beta;
    return power;
}

struct moment_rules moment_rules_read(struct call *call)
{
    static const char *const corrections[] = {"yes", "no", NULL};
    struct moment_rules rules = {0};
    rules.bias_correction = call_choice(call, "bias_correction", corrections) == 0;
    rules.beta1 = updates_share(call, "beta1");
    rules.beta2 = updates_share(call, "beta2");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.decay = weight_decay_read(call);
    return rules;
}

real moment_correction(const struct moment_rules *rules, real beta, size_t t)
{
    return rules->bias_correction ? 1 - updates_power(beta, t) : 1;
}

void moments_run(struct call *call, const char *second, const char *second_after, real start,
                 const void *rules,
                 void (*update)(real *w, real *m, real *v, const real *g, real rate, size_t t,
                                const void *rules, size_t P))
{
    struct updates u = updates_read(call);
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    real *m = updates_state_or(call, "m", start), *v = updates_state_or(call, second, start);
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    real *v_after = call_output(call, second_after, "SP");
    for (size_t s = 0; s < u.S; s++) {
        update(u.w, m, v, &u.g[s * u.P], u.rate[s], t + s, rules, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(m_after, m, s, u.P);
        updates_record(v_after, v, s, u.P);
    }
}
