// SPDX-License-Identifier: MIT
#include "rmsprop.h"

/* The root's argument: v, or the variance. */
static real spread(real v, real c, const struct rmsprop_rules *rules)
{
    if (!rules->centered)
        return v;
    real variance = v - c * c;
    return variance > 0 ? variance : R(0.0);
}

void rmsprop_update(real *w, real *v, real *c, real *b, const real *g, real rate,
                    const struct rmsprop_rules *rules, size_t P)
{
    real rho = rules->rho, epsilon = rules->epsilon;
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&rules->decay, &w[p], g[p], rate);
        v[p] = rho * v[p] + (1 - rho) * h * h;
        if (rules->centered)
            c[p] = rho * c[p] + (1 - rho) * h;
        real s = spread(v[p], c[p], rules);
        real d = rules->epsilon_placement == RMSPROP_INSIDE_ROOT ? real_sqrt(s + epsilon)
                                                                 : real_sqrt(s) + epsilon;
        if (rules->momentum_form == RMSPROP_RATE_INSIDE) {
            b[p] = rules->mu * b[p] + rate * h / d;
            w[p] = w[p] - b[p];
        } else {
            b[p] = rules->mu * b[p] + h / d;
            w[p] = w[p] - rate * b[p];
        }
    }
}

struct rmsprop_rules rmsprop_rules_read(struct call *call)
{
    static const char *const epsilons[] = {"outside_root", "inside_root", NULL};
    static const char *const forms[] = {"rate_outside", "rate_inside", NULL};
    static const char *const centered[] = {"no", "yes", NULL};
    struct rmsprop_rules rules = {0};
    rules.epsilon_placement =
        (enum rmsprop_epsilon)call_choice(call, "epsilon_placement", epsilons);
    rules.momentum_form = (enum rmsprop_momentum)call_choice(call, "momentum_form", forms);
    rules.centered = call_choice(call, "centered", centered);
    rules.rho = updates_share(call, "rho");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.mu = updates_positive_or(call, "momentum", R(0.0));
    rules.initial_v = updates_positive_or(call, "initial_v", R(0.0));
    rules.decay = weight_decay_read(call);
    return rules;
}

void rmsprop_answer(struct call *call)
{
    struct updates u = updates_read(call);
    struct rmsprop_rules rules = rmsprop_rules_read(call);
    real *v = updates_state_or(call, "v", rules.initial_v);
    real *c = updates_state(call, "mean"), *b = updates_state(call, "buffer");
    real *w_after = call_output(call, "w_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    real *c_after = rules.centered ? call_output(call, "mean_after", "SP") : NULL;
    real *b_after = rules.mu != 0 ? call_output(call, "buffer_after", "SP") : NULL;
    for (size_t s = 0; s < u.S; s++) {
        rmsprop_update(u.w, v, c, b, &u.g[s * u.P], u.rate[s], &rules, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(v_after, v, s, u.P);
        if (c_after)
            updates_record(c_after, c, s, u.P);
        if (b_after)
            updates_record(b_after, b, s, u.P);
    }
}
