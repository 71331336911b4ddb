// SPDX-License-Identifier: MIT
/* Step decay; definition in reference/schedules/step_decay.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rank multiplies its way up to the power
 * of its first step, so that it holds the same rounded power as a single rank would; nothing
 * crosses the network and nothing is added.
 */
#include "schedule.h"

void step_decay_run(struct question *q)
{
    static const char *const forms[] = {"multiply", "divide", NULL};
    static const char *const boundaries[] = {"at", "after", NULL};
    struct schedule schedule = schedule_create(q);
    const scalar rate = question_number(q, "rate");
    struct rising_power power = {.base = schedule_positive(q, "factor")};
    const size_t every = question_count(q, "every", 1, (size_t)1 << 24);
    const bool divide = question_choice(q, "factor_form", forms) == 1;
    const size_t late = question_choice(q, "boundary", boundaries) == 1;
    for (size_t i = 0; i < schedule.count; i++) {
        const size_t n = schedule_time(&schedule, i);
        const scalar p = rising_power_at(&power, n < late ? 0 : (n - late) / every);
        schedule.rate[i] = divide ? rate / p : rate * p;
    }
    schedule_limit(&schedule);
}
