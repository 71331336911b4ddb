// SPDX-License-Identifier: MIT
#include "inverse_square_root.h"

struct inverse_root inverse_root_read(struct call *call)
{
    static const char *const forms[] = {"noam", "scaled", "shifted", NULL};
    struct inverse_root rules = {0};
    rules.form = (enum inverse_root_form)call_choice(call, "form", forms);
    rules.rate = call_number(call, "rate");
    rules.warmup = call_count(call, "warmup", 1, 1u << 24);
    rules.width = rules.form == INVERSE_ROOT_NOAM ? schedule_positive(call, "width") : 1;
    rules.scale = rules.warmup;
    if (rules.form == INVERSE_ROOT_SHIFTED)
        rules.scale = call_count_or(call, "scale", rules.warmup, 1, 1u << 24);
    return rules;
}

real inverse_root_rate(const struct inverse_root *rules, size_t n)
{
    real W = real_count(rules->warmup), at = real_count(n);
    int rises = n < rules->warmup;
    switch (rules->form) {
    case INVERSE_ROOT_NOAM:
        return rules->rate / real_sqrt(rules->width) *
               (rises ? at / (W * real_sqrt(W)) : 1 / real_sqrt(at));
    case INVERSE_ROOT_SCALED:
        return rises ? rules->rate * (at / W) : rules->rate * real_sqrt(W / at);
    default:
        if (rises)
            return rules->rate * (at / W);
        return rules->rate /
               real_sqrt(real_count(n + rules->scale - rules->warmup) / real_count(rules->scale));
    }
}

void inverse_square_root_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct inverse_root rules = inverse_root_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = inverse_root_rate(&rules, schedule_time(&schedule, t));
}
