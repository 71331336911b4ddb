// SPDX-License-Identifier: MIT
/* Cosine annealing; definition in reference/schedules/cosine_annealing.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rate is computed alone, from the place
 * of its step in its cycle, which is found in whole numbers. Nothing crosses the network and
 * nothing is added.
 */
#include "schedule.h"

enum after { RESTART, STAY, BACK };

/* A cycle of `length` steps that began at step `begin`. */
struct cycle {
    size_t begin, length;
};

/* Steps into the cycle at time n; moves on to the cycle that holds n when there are restarts. */
static size_t place_in(struct cycle *cycle, size_t n, enum after after, size_t multiplier)
{
    if (after == STAY)
        return n < cycle->length ? n : cycle->length;
    if (after == BACK) {
        const size_t turn = n / cycle->length, rest = n - turn * cycle->length;
        return turn % 2 == 0 ? rest : cycle->length - rest;
    }
    while (n - cycle->begin >= cycle->length) {
        cycle->begin += cycle->length;
        cycle->length *= multiplier;
    }
    return n - cycle->begin;
}

void cosine_annealing_run(struct question *q)
{
    static const char *const options[] = {"restart", "stay", "back", NULL};
    struct schedule schedule = schedule_create(q);
    const enum after after = (enum after)question_choice(q, "after", options);
    const scalar minimum = schedule.minimum;
    const scalar half_range = (question_number(q, "rate") - minimum) * (scalar)0.5;
    struct cycle cycle = {0, question_count(q, "period", 1, (size_t)1 << 24)};
    size_t multiplier = 1;
    if (question_number_or(q, "multiplier", 1) != 1)
        multiplier = question_count(q, "multiplier", 1, 1 << 10);
    const scalar pi = (scalar)3.14159265358979323846;
    for (size_t i = 0; i < schedule.count; i++) {
        const size_t place = place_in(&cycle, schedule_time(&schedule, i), after, multiplier);
        schedule.rate[i] = pi * ((scalar)place / (scalar)cycle.length);
    }
    question_team(q)->kernels->cosine(schedule.count, schedule.rate, schedule.rate);
    for (size_t i = 0; i < schedule.count; i++)
        schedule.rate[i] = minimum + half_range * (schedule.rate[i] + 1);
}
