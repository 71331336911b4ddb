// SPDX-License-Identifier: MIT
#include "distance_over_gradients.h"

struct distance_rules distance_rules_read(struct call *call)
{
    static const char *const forms[] = {"dog", "dowg", NULL};
    static const char *const firsts[] = {"relative", "absolute", NULL};
    struct distance_rules rules = {0};
    rules.weighted = call_choice(call, "form", forms);
    rules.absolute = call_choice(call, "first_form", firsts);
    rules.first = call_number(call, "first_distance");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.decay = call_number_or(call, "weight_decay", R(0.0));
    rules.squares = updates_positive_or(call, "squares", R(0.0));
    rules.distance = call_number_or(call, "distance", R(-1.0));
    rules.resumed = rules.distance >= 0;
    rules.block = call_block(call);
    if (!(rules.first > 0))
        call_fail(call, "number 'first_distance' must be above 0, or nothing ever moves");
    return rules;
}

real distance_step(real r, real square, real *G, const struct distance_rules *rules)
{
    *G = rules->weighted ? *G + r * r * square : *G + square;
    return (rules->weighted ? r * r : r) / real_sqrt(*G + rules->epsilon);
}

static real norm(const real *x, size_t P, size_t block)
{
    return real_sqrt(sum_sample_products(P, block, x, 1, x, 1));
}

void distance_over_gradients_answer(struct call *call)
{
    struct updates u = updates_read(call);
    struct distance_rules rules = distance_rules_read(call);
    size_t P = u.P;
    const real *start = updates_state(call, call_has(call, "start") ? "start" : "w");
    real *h = call_scratch(call, P), *d = call_scratch(call, P), G = rules.squares;
    real *w_after = call_output(call, "w_after", "SP"), *r = call_output(call, "distance", "S");
    real *step = call_output(call, "step", "S");
    real first = rules.absolute ? rules.first : rules.first * (1 + norm(start, P, rules.block));
    real reached = rules.resumed ? rules.distance : first;
    for (size_t s = 0; s < u.S; s++) {
        for (size_t p = 0; p < P; p++) {
            h[p] = decayed_gradient(u.g[s * P + p], rules.decay, u.w[p]);
            d[p] = u.w[p] - start[p];
        }
        real now = norm(d, P, rules.block);
        reached = now > reached ? now : reached;
        r[s] = reached;
        step[s] =
            distance_step(reached, sum_sample_products(P, rules.block, h, 1, h, 1), &G, &rules);
        for (size_t p = 0; p < P; p++)
            u.w[p] = u.w[p] - u.rate[s] * step[s] * h[p];
        updates_record(w_after, u.w, s, P);
    }
}
