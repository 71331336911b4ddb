// SPDX-License-Identifier: MIT
#include "exponential_decay.h"
#include "schedule.h"

real exponential_decay_rate(const struct exponential_decay *rules, size_t n)
{
    size_t since = n > rules->begin ? n - rules->begin : 0;
    size_t whole = since / rules->decay_steps;
    int is_whole = rules->staircase || rules->decay_steps == 1;
    real x = is_whole ? real_count(whole) : real_count(since) / real_count(rules->decay_steps);
    real share;
    if (!rules->power)
        share = real_exp(-(rules->decay * x));
    else if (is_whole)
        share = schedule_power(rules->decay, whole);
    else
        share = real_exp(real_log(rules->decay) * x);
    return schedule_at_least(rules->rate * share, rules->minimum);
}

struct exponential_decay exponential_decay_read(struct call *call)
{
    static const char *const forms[] = {"exponential", "power", NULL};
    static const char *const staircase[] = {"no", "yes", NULL};
    struct exponential_decay rules = {0};
    rules.power = call_choice(call, "form", forms);
    rules.staircase = call_choice(call, "staircase", staircase);
    rules.rate = call_number(call, "rate");
    rules.decay = rules.power ? schedule_positive(call, "decay") : call_number(call, "decay");
    rules.decay_steps = call_count_or(call, "decay_steps", 1, 1, 1u << 24);
    rules.begin = call_count_or(call, "begin", 0, 0, 1u << 24);
    rules.minimum = call_number_or(call, "minimum", R(0.0));
    return rules;
}

void exponential_decay_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct exponential_decay rules = exponential_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = exponential_decay_rate(&rules, schedule_time(&schedule, t));
}
