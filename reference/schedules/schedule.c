// SPDX-License-Identifier: MIT
#include "schedule.h"

struct schedule schedule_read(struct call *call)
{
    static const char *const counted_from[] = {"zero", "one", NULL};
    struct schedule schedule = {0};
    schedule.T = call_count(call, "steps", 1, 1u << 20);
    schedule.first = call_count_or(call, "first", 0, 0, 1u << 24);
    schedule.steps_per_epoch = call_count_or(call, "steps_per_epoch", 1, 1, 1u << 24);
    schedule.counted = (size_t)call_choice(call, "counted_from", counted_from);
    call_bind(call, 'T', schedule.T);
    schedule.rate = call_output(call, "rate", "T");
    return schedule;
}

size_t schedule_time(const struct schedule *schedule, size_t t)
{
    return (schedule->first + t) / schedule->steps_per_epoch + schedule->counted;
}

real schedule_power(real base, size_t n)
{
    real power = 1;
    for (size_t i = 0; i < n; i++)
        power = power * base;
    return power;
}

real schedule_positive(struct call *call, const char *name)
{
    real value = call_number(call, name);
    if (!(value > 0))
        call_fail(call, "number '%s' must be above 0", name);
    return value;
}
