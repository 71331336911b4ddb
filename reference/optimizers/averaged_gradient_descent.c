// SPDX-License-Identifier: MIT
#include "averaged_gradient_descent.h"

struct averaged_rules averaged_rules_read(struct call *call)
{
    static const char *const counts[] = {"previous", "present", NULL};
    struct averaged_rules rules = {.present = call_choice(call, "counts", counts)};
    rules.rate = updates_positive(call, "rate");
    rules.lambd = updates_positive(call, "lambd");
    rules.alpha = updates_positive(call, "alpha");
    rules.decay = updates_positive_or(call, "weight_decay", R(0.0));
    rules.t0 = call_count(call, "t0", 0, 1u << 24);
    rules.first = call_count_or(call, "first_step", 1, 1, 1000000);
    return rules;
}

size_t averaged_count(const struct averaged_rules *rules, size_t t)
{
    size_t counted = rules->present ? t : t - 1;
    return counted > rules->t0 + 1 ? counted - rules->t0 : 1;
}

static real rate_of_step(const struct averaged_rules *rules, size_t t)
{
    real base = 1 + rules->lambd * rules->rate * real_count(t - 1);
    return base > 1 ? rules->rate / real_exp(rules->alpha * real_log(base)) : rules->rate;
}

void averaged_gradient_descent_answer(struct call *call)
{
    struct updates u = updates_read_without_rate(call);
    struct averaged_rules rules = averaged_rules_read(call);
    real *average = updates_state(call, "average");
    real *w_after = call_output(call, "w_after", "SP");
    real *average_after = call_output(call, "average_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        size_t k = averaged_count(&rules, rules.first + s);
        real eta = rate_of_step(&rules, rules.first + s), mu = 1 / real_count(k);
        for (size_t p = 0; p < u.P; p++) {
            real h = decayed_gradient(u.g[s * u.P + p], rules.decay, u.w[p]);
            u.w[p] = u.w[p] * (1 - rules.lambd * eta) - eta * h;
            average[p] = k == 1 ? u.w[p] : average[p] + (u.w[p] - average[p]) * mu;
        }
        updates_record(w_after, u.w, s, u.P);
        updates_record(average_after, average, s, u.P);
    }
}
