// SPDX-License-Identifier: MIT
#include "adagrad.h"

void adagrad_update(real *w, real *a, const real *g, real rate, size_t t,
                    const struct adagrad_rules *rules, size_t P)
{
    real k = real_count(rules->decay_from_one ? t : t - 1);
    real r = rate / (1 + rules->rate_decay * k);
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&rules->decay, &w[p], g[p], r);
        a[p] = a[p] + h * h;
        if (rules->epsilon_placement == ADAGRAD_INSIDE_ROOT)
            w[p] = w[p] - r * h / real_sqrt(a[p] + rules->epsilon);
        else
            w[p] = w[p] - r * h / (real_sqrt(a[p]) + rules->epsilon);
    }
}

struct adagrad_rules adagrad_rules_read(struct call *call)
{
    static const char *const epsilons[] = {"inside_root", "outside_root", NULL};
    static const char *const from[] = {"zero", "one", NULL};
    struct adagrad_rules rules = {0};
    rules.epsilon_placement =
        (enum adagrad_epsilon)call_choice(call, "epsilon_placement", epsilons);
    rules.decay_from_one = call_choice(call, "rate_decay_from", from);
    rules.epsilon = updates_positive(call, "epsilon");
    rules.initial_accumulator = updates_positive_or(call, "initial_accumulator", R(0.0));
    rules.rate_decay = updates_positive_or(call, "rate_decay", R(0.0));
    rules.decay = weight_decay_read(call);
    return rules;
}

void adagrad_answer(struct call *call)
{
    struct updates u = updates_read(call);
    struct adagrad_rules rules = adagrad_rules_read(call);
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    real *a = updates_state_or(call, "accumulator", rules.initial_accumulator);
    real *w_after = call_output(call, "w_after", "SP");
    real *a_after = call_output(call, "accumulator_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        adagrad_update(u.w, a, &u.g[s * u.P], u.rate[s], t + s, &rules, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(a_after, a, s, u.P);
    }
}
