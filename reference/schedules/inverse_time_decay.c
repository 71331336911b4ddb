// SPDX-License-Identifier: MIT
#include "inverse_time_decay.h"
#include "schedule.h"

real inverse_time_decay_rate(const struct inverse_time_decay *rules, size_t n)
{
    real x = rules->staircase ? real_count(n / rules->decay_steps)
                              : real_count(n) / real_count(rules->decay_steps);
    real divisor = 1 + rules->decay * x;
    if (rules->root)
        divisor = real_sqrt(divisor);
    return schedule_at_least(rules->rate / divisor, rules->minimum);
}

struct inverse_time_decay inverse_time_decay_read(struct call *call)
{
    static const char *const forms[] = {"inverse", "inverse_root", NULL};
    static const char *const staircase[] = {"no", "yes", NULL};
    struct inverse_time_decay rules = {0};
    rules.root = call_choice(call, "form", forms);
    rules.staircase = call_choice(call, "staircase", staircase);
    rules.rate = call_number(call, "rate");
    rules.decay = call_number(call, "decay");
    if (!(rules.decay >= 0))
        call_fail(call, "number 'decay' must not be below 0");
    rules.decay_steps = call_count_or(call, "decay_steps", 1, 1, 1u << 24);
    rules.minimum = call_number_or(call, "minimum", R(0.0));
    return rules;
}

void inverse_time_decay_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct inverse_time_decay rules = inverse_time_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = inverse_time_decay_rate(&rules, schedule_time(&schedule, t));
}
