// SPDX-License-Identifier: MIT
#include "polynomial_decay.h"

struct polynomial polynomial_read(struct call *call)
{
    static const char *const after[] = {"stay", "cycle", NULL};
    struct polynomial rules = {0};
    rules.cycles = call_choice(call, "after", after);
    rules.rate = call_number(call, "rate");
    rules.minimum = call_number_or(call, "minimum", R(0.0));
    rules.power = call_number_or(call, "power", R(1.0));
    rules.steps = call_count(call, "decay_steps", 1, 1u << 24);
    if (!(rules.power > 0))
        call_fail(call, "number 'power' must be above 0");
    return rules;
}

size_t polynomial_length(const struct polynomial *rules, size_t n)
{
    size_t cycles = (n + rules->steps - 1) / rules->steps;
    return rules->cycles && cycles > 1 ? cycles * rules->steps : rules->steps;
}

size_t polynomial_place(const struct polynomial *rules, size_t n)
{
    return rules->cycles || n < rules->steps ? n : rules->steps;
}

real polynomial_rate(const struct polynomial *rules, size_t p, size_t L)
{
    real share = real_count(L - p) / real_count(L);
    if (rules->power != 1 && p < L)
        share = real_exp(rules->power * real_log(share));
    return rules->minimum + (rules->rate - rules->minimum) * share;
}

void polynomial_decay_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct polynomial rules = polynomial_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t);
        schedule.rate[t] =
            polynomial_rate(&rules, polynomial_place(&rules, n), polynomial_length(&rules, n));
    }
}
