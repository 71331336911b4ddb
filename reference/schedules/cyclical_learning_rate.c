// SPDX-License-Identifier: MIT
#include "cyclical_learning_rate.h"
#include "schedule.h"

real cyclical_share(const struct cyclical *rules, size_t n)
{
    size_t length = rules->up + rules->down, p = n % length;
    if (p <= rules->up)
        return real_count(p) / real_count(rules->up);
    return real_count(length - p) / real_count(rules->down);
}

real cyclical_scale(const struct cyclical *rules, size_t n)
{
    size_t cycle = n / (rules->up + rules->down);
    switch (rules->mode) {
    case CYCLICAL_TRIANGULAR2:
        return schedule_power(R(0.5), cycle);
    case CYCLICAL_EXP_RANGE:
        return schedule_power(rules->decay, rules->by_cycle ? cycle : n);
    default:
        return 1;
    }
}

struct cyclical cyclical_read(struct call *call)
{
    static const char *const modes[] = {"triangular", "triangular2", "exp_range", NULL};
    static const char *const scale_by[] = {"step", "cycle", NULL};
    struct cyclical rules = {0};
    rules.mode = (enum cyclical_mode)call_choice(call, "mode", modes);
    rules.by_cycle = call_choice(call, "scale_by", scale_by);
    rules.base = call_number(call, "base");
    rules.maximum = call_number(call, "maximum");
    rules.up = call_count(call, "up", 1, 1u << 24);
    rules.down = call_count_or(call, "down", rules.up, 1, 1u << 24);
    if (rules.mode == CYCLICAL_EXP_RANGE)
        rules.decay = schedule_positive(call, "decay");
    return rules;
}

void cyclical_learning_rate_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct cyclical rules = cyclical_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t);
        real above = (rules.maximum - rules.base) * cyclical_share(&rules, n);
        schedule.rate[t] = rules.base + above * cyclical_scale(&rules, n);
    }
}
