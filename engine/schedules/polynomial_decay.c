// SPDX-License-Identifier: MIT
/* Polynomial decay; definition in reference/schedules/polynomial_decay.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rate is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "schedule.h"

/* (L - p) / L at time n. */
static scalar share_left(size_t n, size_t D, bool cycles)
{
    size_t L = D;
    while (cycles && L < n)
        L += D;
    return n >= L ? 0 : (scalar)(L - n) / (scalar)L;
}

void polynomial_decay_run(struct question *q)
{
    static const char *const options[] = {"stay", "cycle", NULL};
    const struct schedule schedule = schedule_create(q);
    const bool cycles = question_choice(q, "after", options) == 1;
    const scalar minimum = schedule.minimum, range = question_number(q, "rate") - minimum;
    const scalar power = question_number_or(q, "power", 1);
    const size_t D = question_count(q, "decay_steps", 1, (size_t)1 << 24);
    const struct kernels *kernels = question_team(q)->kernels;
    if (!(power > 0))
        question_refuse(q, "its number 'power' must be above 0");
    for (size_t i = 0; i < schedule.count; i++) {
        scalar share = share_left(schedule_time(&schedule, i), D, cycles);
        if (share > 0 && power != 1) {
            kernels->logarithm(1, &share, &share);
            share = power * share;
            kernels->exponential(1, &share, &share);
        }
        schedule.rate[i] = minimum + range * share;
    }
}
