// SPDX-License-Identifier: MIT
#include "schedule.h"

struct schedule schedule_create(struct question *q)
{
    static const char *const counts[] = {"zero", "one", NULL};
    struct schedule schedule = {0};
    const size_t most = (size_t)1 << 24;
    question_bind(q, 'T', question_count(q, "steps", 1, (size_t)1 << 20));
    question_split_evenly(q, 'T');
    schedule.rate = question_output(q, "rate", "[T]");
    schedule.count = question_part(q, 'T');
    const bool resumed = question_number_or(q, "first", 0) != 0;
    schedule.begin = question_first(q, 'T') + (resumed ? question_count(q, "first", 0, most) : 0);
    const bool epochs = question_number_or(q, "steps_per_epoch", 1) != 1;
    schedule.steps_per_epoch = epochs ? question_count(q, "steps_per_epoch", 1, most) : 1;
    schedule.counted = question_choice(q, "counted_from", counts) == 1;
    schedule.minimum = question_number_or(q, "minimum", 0);
    return schedule;
}

size_t schedule_time(const struct schedule *schedule, size_t i)
{
    return schedule->counted + (schedule->begin + i) / schedule->steps_per_epoch;
}

scalar schedule_positive(struct question *q, const char *name)
{
    const scalar value = question_number(q, name);
    if (!(value > 0))
        question_refuse(q, "its number '%s' must be above 0", name);
    return value;
}

scalar rising_power_at(struct rising_power *power, size_t exponent)
{
    if (power->exponent == 0)
        power->value = 1;
    for (; power->exponent < exponent; power->exponent++)
        power->value *= power->base;
    return power->value;
}

void schedule_limit(const struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->count; i++)
        if (schedule->rate[i] < schedule->minimum)
            schedule->rate[i] = schedule->minimum;
}
