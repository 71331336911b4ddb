// SPDX-License-Identifier: MIT
#include "radam.h"

struct radam_rules radam_rules_read(struct call *call)
{
    static const char *const placements[] = {"after_correction", "before_correction", NULL};
    static const char *const otherwise[] = {"momentum", "skip", NULL};
    struct radam_rules rules = {.moments = moment_rules_read(call)};
    rules.before_correction = call_choice(call, "epsilon_placement", placements);
    rules.skips = call_choice(call, "unrectified", otherwise);
    rules.threshold = call_number_or(call, "threshold", R(5.0));
    if (!(rules.threshold >= 4))
        call_fail(call, "number 'threshold' must be at least 4: there is no rectification below");
    return rules;
}

static real longest(const struct radam_rules *rules)
{
    return 2 / (1 - rules->moments.beta2) - 1;
}

real radam_length(const struct radam_rules *rules, size_t t)
{
    real power = updates_power(rules->moments.beta2, t);
    return longest(rules) - 2 * real_count(t) * power / (1 - power);
}

real radam_rectification(const struct radam_rules *rules, real l)
{
    real L = longest(rules);
    if (!(l > rules->threshold))
        return R(0.0);
    return real_sqrt((l - 4) * (l - 2) * L / ((L - 4) * (L - 2) * l));
}

void radam_update(real *w, real *m, real *v, const real *g, real rate, size_t t, const void *rules,
                  size_t P)
{
    const struct radam_rules *own = rules;
    const struct moment_rules *is = &own->moments;
    real c1 = moment_correction(is, is->beta1, t), c2 = moment_correction(is, is->beta2, t);
    real r = radam_rectification(own, radam_length(own, t));
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&is->decay, &w[p], g[p], rate);
        m[p] = is->beta1 * m[p] + (1 - is->beta1) * h;
        v[p] = is->beta2 * v[p] + (1 - is->beta2) * h * h;
        if (r == 0)
            w[p] = own->skips ? w[p] : w[p] - rate * (m[p] / c1);
        else if (own->before_correction)
            w[p] = w[p] - rate * r * (m[p] / c1) * real_sqrt(c2) / (real_sqrt(v[p]) + is->epsilon);
        else
            w[p] = w[p] - rate * r * (m[p] / c1) / (real_sqrt(v[p] / c2) + is->epsilon);
    }
}

void radam_answer(struct call *call)
{
    struct radam_rules rules = radam_rules_read(call);
    moments_run(call, "v", "v_after", 0, &rules, radam_update);
    size_t S = call_size(call, 'S'), t = call_count_or(call, "first_step", 1, 1, 1000000);
    real *r = call_output(call, "rectification", "S"), *distance = call_scratch(call, S);
    for (size_t s = 0; s < S; s++) {
        real length = radam_length(&rules, t + s);
        r[s] = radam_rectification(&rules, length);
        distance[s] = length - rules.threshold;
    }
    call_decisions(call, S, distance);
}
