// SPDX-License-Identifier: MIT
#include "cosine_annealing.h"
#include "schedule.h"

struct cosine_place cosine_find(const struct cosine *rules, size_t n)
{
    struct cosine_place place = {n, rules->period};
    switch (rules->after) {
    case COSINE_RESTART:
        while (place.p >= place.L) {
            place.p -= place.L;
            place.L *= rules->multiplier;
        }
        return place;
    case COSINE_STAY:
        if (place.p > place.L)
            place.p = place.L;
        return place;
    default:
        place.p %= 2 * place.L;
        if (place.p > place.L)
            place.p = 2 * place.L - place.p;
        return place;
    }
}

real cosine_rate(const struct cosine *rules, struct cosine_place place)
{
    real share = real_count(place.p) / real_count(place.L);
    real angle = R(3.14159265358979323846264338327950288) * share;
    return rules->minimum + (rules->rate - rules->minimum) * R(0.5) * (1 + real_cos(angle));
}

struct cosine cosine_read(struct call *call)
{
    static const char *const after[] = {"restart", "stay", "back", NULL};
    struct cosine rules = {0};
    rules.after = (enum cosine_after)call_choice(call, "after", after);
    rules.rate = call_number(call, "rate");
    rules.minimum = call_number_or(call, "minimum", R(0.0));
    rules.period = call_count(call, "period", 1, 1u << 24);
    rules.multiplier = call_count_or(call, "multiplier", 1, 1, 1u << 10);
    return rules;
}

void cosine_annealing_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct cosine rules = cosine_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = cosine_rate(&rules, cosine_find(&rules, schedule_time(&schedule, t)));
}
