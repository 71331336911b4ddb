// SPDX-License-Identifier: MIT
/* Inverse time decay; definition in reference/schedules/inverse_time_decay.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rate is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "schedule.h"

void inverse_time_decay_run(struct question *q)
{
    static const char *const forms[] = {"inverse", "inverse_root", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct schedule schedule = schedule_create(q);
    const bool root = question_choice(q, "form", forms) == 1;
    const bool staircase = question_choice(q, "staircase", no_yes) == 1;
    const scalar rate = question_number(q, "rate"), decay = question_number(q, "decay");
    if (!(decay >= 0))
        question_refuse(q, "its number 'decay' is below 0, so the divisor would reach 0");
    size_t decay_steps = 1;
    if (question_number_or(q, "decay_steps", 1) != 1)
        decay_steps = question_count(q, "decay_steps", 1, (size_t)1 << 24);
    for (size_t i = 0; i < schedule.count; i++) {
        const size_t n = schedule_time(&schedule, i);
        const scalar x = staircase ? (scalar)(n / decay_steps) : (scalar)n / (scalar)decay_steps;
        const scalar grown = decay * x + 1;
        schedule.rate[i] = rate / (root ? scalar_sqrt(grown) : grown);
    }
    schedule_limit(&schedule);
}
