// SPDX-License-Identifier: MIT
#include "yogi.h"

struct yogi_rules yogi_rules_read(struct call *call)
{
    struct yogi_rules rules = {.moments = moment_rules_read(call)};
    rules.initial = updates_positive_or(call, "initial", R(0.0));
    return rules;
}

void yogi_update(real *w, real *m, real *v, const real *g, real rate, size_t t, const void *rules,
                 size_t P)
{
    const struct moment_rules *is = &((const struct yogi_rules *)rules)->moments;
    real c1 = moment_correction(is, is->beta1, t), c2 = moment_correction(is, is->beta2, t);
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&is->decay, &w[p], g[p], rate);
        m[p] = is->beta1 * m[p] + (1 - is->beta1) * h;
        real q = h * h, move = (1 - is->beta2) * q;
        if (v[p] > q)
            v[p] = v[p] - move;
        else if (v[p] < q)
            v[p] = v[p] + move;
        w[p] = w[p] - rate * (m[p] / c1) / (real_sqrt(v[p] / c2) + is->epsilon);
    }
}

/* The signs of v - h^2, with v as it was found: before the step, after the step before. */
static void declare_signs(struct call *call, const struct yogi_rules *rules)
{
    struct updates u = updates_read(call);
    real *m = updates_state_or(call, "m", rules->initial);
    real *v = updates_state_or(call, "v", rules->initial);
    real *distance = call_scratch(call, u.S * u.P);
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    for (size_t s = 0; s < u.S; s++) {
        for (size_t p = 0; p < u.P; p++) {
            real w = u.w[p];
            real h = weight_decay_apply(&rules->moments.decay, &w, u.g[s * u.P + p], u.rate[s]);
            distance[s * u.P + p] = v[p] - h * h;
        }
        yogi_update(u.w, m, v, &u.g[s * u.P], u.rate[s], t + s, rules, u.P);
    }
    call_decisions(call, u.S * u.P, distance);
}

void yogi_answer(struct call *call)
{
    struct yogi_rules rules = yogi_rules_read(call);
    moments_run(call, "v", "v_after", rules.initial, &rules, yogi_update);
    declare_signs(call, &rules);
}
