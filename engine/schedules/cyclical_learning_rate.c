// SPDX-License-Identifier: MIT
/* Cyclical learning rate; definition in reference/schedules/cyclical_learning_rate.h.
 *
 * How it is distributed: the steps are sharded evenly. A rank finds its place in the cycle from the
 * number of its first step, and multiplies its way up to the scale there. Nothing crosses the
 * network and nothing is added.
 */
#include "schedule.h"

enum mode { TRIANGULAR, TRIANGULAR2, EXP_RANGE };

void cyclical_learning_rate_run(struct question *q)
{
    static const char *const modes[] = {"triangular", "triangular2", "exp_range", NULL};
    static const char *const scale_by[] = {"step", "cycle", NULL};
    const size_t most = (size_t)1 << 24;
    struct schedule schedule = schedule_create(q);
    const enum mode mode = (enum mode)question_choice(q, "mode", modes);
    const bool by_cycle = question_choice(q, "scale_by", scale_by) == 1 || mode == TRIANGULAR2;
    const scalar base = question_number(q, "base");
    const scalar range = question_number(q, "maximum") - base;
    const size_t up = question_count(q, "up", 1, most);
    const bool uneven = question_number_or(q, "down", (scalar)up) != (scalar)up;
    const size_t down = uneven ? question_count(q, "down", 1, most) : up;
    struct rising_power scale = {.base = (scalar)0.5};
    if (mode == EXP_RANGE)
        scale.base = schedule_positive(q, "decay");
    for (size_t i = 0; i < schedule.count; i++) {
        const size_t n = schedule_time(&schedule, i);
        const size_t cycle = n / (up + down), place = n - cycle * (up + down);
        const size_t height = place <= up ? place : up + down - place;
        scalar above = range * ((scalar)height / (scalar)(place <= up ? up : down));
        if (mode != TRIANGULAR)
            above *= rising_power_at(&scale, by_cycle ? cycle : n);
        schedule.rate[i] = base + above;
    }
}
