// SPDX-License-Identifier: MIT
#include "step_decay.h"
#include "schedule.h"

size_t step_decay_falls(const struct step_decay *decay, size_t n)
{
    if (decay->after)
        return n == 0 ? 0 : (n - 1) / decay->every;
    return n / decay->every;
}

real step_decay_rate(const struct step_decay *decay, size_t n)
{
    real power = schedule_power(decay->factor, step_decay_falls(decay, n));
    real rate = decay->divide ? decay->rate / power : decay->rate * power;
    return schedule_at_least(rate, decay->minimum);
}

struct step_decay step_decay_read(struct call *call)
{
    static const char *const forms[] = {"multiply", "divide", NULL};
    static const char *const boundaries[] = {"at", "after", NULL};
    struct step_decay decay = {0};
    decay.rate = call_number(call, "rate");
    decay.factor = schedule_positive(call, "factor");
    decay.every = call_count(call, "every", 1, 1u << 24);
    decay.minimum = call_number_or(call, "minimum", R(0.0));
    decay.divide = call_choice(call, "factor_form", forms);
    decay.after = call_choice(call, "boundary", boundaries);
    return decay;
}

void step_decay_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct step_decay decay = step_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = step_decay_rate(&decay, schedule_time(&schedule, t));
}
