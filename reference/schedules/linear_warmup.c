// SPDX-License-Identifier: MIT
#include "linear_warmup.h"
#include "schedule.h"

static real rising(const struct warmup *rules, size_t p)
{
    real W = real_count(rules->warmup);
    switch (rules->first) {
    case WARMUP_ONE_OVER_N:
        return rules->rate * (real_count(p + 1) / W);
    case WARMUP_START_RATE:
        return rules->start + (rules->rate - rules->start) * (real_count(p) / W);
    default:
        return rules->rate * (real_count(p) / W);
    }
}

real warmup_rate(const struct warmup *rules, size_t p)
{
    if (p < rules->warmup)
        return rising(rules, p);
    if (rules->after == WARMUP_LINEAR) {
        size_t left = p < rules->total ? rules->total - p : 0;
        return rules->rate * (real_count(left) / real_count(rules->total - rules->warmup));
    }
    if (rules->after == WARMUP_INVERSE_ROOT)
        return rules->rate * real_sqrt(real_count(rules->warmup) / real_count(p));
    return rules->rate;
}

struct warmup warmup_read(struct call *call)
{
    static const char *const first[] = {"zero", "one_over_n", "start_rate", NULL};
    static const char *const after[] = {"constant", "linear", "inverse_root", NULL};
    struct warmup rules = {0};
    rules.first = (enum warmup_first)call_choice(call, "first_rate", first);
    rules.after = (enum warmup_after)call_choice(call, "after", after);
    rules.rate = call_number(call, "rate");
    rules.warmup = call_count(call, "warmup", 0, 1u << 24);
    if (rules.first == WARMUP_START_RATE)
        rules.start = call_number(call, "start");
    if (rules.after == WARMUP_LINEAR)
        rules.total = call_count(call, "total", rules.warmup + 1, 1u << 25);
    if (rules.after == WARMUP_INVERSE_ROOT && rules.warmup == 0)
        call_fail(call, "number 'warmup' must be above 0 for after = inverse_root");
    return rules;
}

void linear_warmup_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct warmup rules = warmup_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = warmup_rate(&rules, schedule_time(&schedule, t));
}
