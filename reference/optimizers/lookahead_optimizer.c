// SPDX-License-Identifier: MIT
#include "lookahead_optimizer.h"

struct lookahead_rules lookahead_rules_read(struct call *call)
{
    static const char *const velocities[] = {"keep", "reset", "pull", NULL};
    struct lookahead_rules rules = {0};
    rules.velocity = (enum lookahead_velocity)call_choice(call, "velocity", velocities);
    rules.momentum = updates_share(call, "momentum");
    rules.alpha = call_number(call, "alpha");
    rules.every = call_count(call, "every", 1, 1000000);
    rules.decay.decay = call_number_or(call, "weight_decay", R(0.0));
    if (!(rules.alpha > 0 && rules.alpha <= 1))
        call_fail(call, "number 'alpha' must be above 0 and at most 1");
    return rules;
}

void lookahead_update(real *w, real *slow, real *v, real *last, const real *g, real rate, size_t t,
                      const struct lookahead_rules *rules, size_t P)
{
    for (size_t p = 0; p < P; p++) {
        v[p] = rules->momentum * v[p] + decayed_gradient(g[p], rules->decay.decay, w[p]);
        w[p] = w[p] - rate * v[p];
        if (t % rules->every != 0)
            continue;
        slow[p] = slow[p] + rules->alpha * (w[p] - slow[p]);
        w[p] = slow[p];
        if (rules->velocity == LOOKAHEAD_RESET)
            v[p] = 0;
        if (rules->velocity == LOOKAHEAD_PULL) {
            v[p] = last[p] + rules->alpha * (v[p] - last[p]);
            last[p] = v[p];
        }
    }
}

void lookahead_optimizer_answer(struct call *call)
{
    struct updates u = updates_read(call);
    struct lookahead_rules rules = lookahead_rules_read(call);
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    real *slow = updates_state(call, call_has(call, "slow") ? "slow" : "w");
    real *v = updates_state(call, "velocity_before"), *last = updates_state(call, "last");
    real *w_after = call_output(call, "w_after", "SP");
    real *slow_after = call_output(call, "slow_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        lookahead_update(u.w, slow, v, last, &u.g[s * u.P], u.rate[s], t + s, &rules, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(slow_after, slow, s, u.P);
        updates_record(v_after, v, s, u.P);
    }
}
