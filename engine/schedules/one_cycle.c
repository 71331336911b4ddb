// SPDX-License-Identifier: MIT
/* One cycle; definition in reference/schedules/one_cycle.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rank walks through the corners of the
 * cycle up to its own steps, takes all cosines at once, and blends. Nothing crosses the network and
 * nothing is added.
 */
#include "schedule.h"

/* Where two legs meet. */
struct corner {
    scalar time, rate, momentum;
};

struct cycle {
    size_t corners;
    struct corner corner[4];
    bool linear;
};

static scalar divisor(struct question *q, const char *name, scalar otherwise)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value > 0))
        question_refuse(q, "its number '%s' must be above 0", name);
    return value;
}

static struct cycle read_cycle(struct question *q)
{
    static const char *const phases[] = {"two", "three", NULL};
    static const char *const shapes[] = {"cosine", "linear", NULL};
    static const char *const ends[] = {"last_step", "after_last", NULL};
    static const char *const final_from[] = {"initial", "maximum", NULL};
    struct cycle cycle = {.linear = question_choice(q, "shape", shapes) == 1};
    const bool back = question_choice(q, "phases", phases) == 1;
    const scalar spare = question_choice(q, "ends", ends) == 1 ? 0 : 1;
    const scalar maximum = schedule_positive(q, "maximum");
    const scalar initial = maximum / divisor(q, "initial_divisor", 25);
    const bool from_top = question_choice(q, "final_from", final_from) == 1;
    const scalar last = (from_top ? maximum : initial) / divisor(q, "final_divisor", 10000);
    const scalar high = question_number(q, "momentum_high");
    const scalar low = question_number(q, "momentum_low");
    const scalar total = (scalar)question_count(q, "total", 1, (size_t)1 << 24);
    const scalar rise = question_number(q, "share") * total - spare;
    cycle.corner[cycle.corners++] = (struct corner){0, initial, high};
    cycle.corner[cycle.corners++] = (struct corner){rise, maximum, low};
    if (back)
        cycle.corner[cycle.corners++] = (struct corner){rise + rise, initial, high};
    cycle.corner[cycle.corners++] = (struct corner){total - spare, last, high};
    const bool ordered = cycle.corner[cycle.corners - 2].time < total - spare;
    if (!(rise > 0) || !ordered)
        question_refuse(q, "its number 'share' leaves a phase without a step");
    return cycle;
}

/* Refuses a training that goes on after the cycle, from whole numbers that all ranks know. */
static void check_end(struct question *q, const struct schedule *schedule,
                      const struct cycle *cycle)
{
    const size_t first = schedule->begin - question_first(q, 'T');
    const size_t last = (first + question_size(q, 'T') - 1) / schedule->steps_per_epoch;
    if ((scalar)(last + schedule->counted) > cycle->corner[cycle->corners - 1].time)
        question_refuse(q, "its number 'total' ends the cycle before the last step");
}

/* The corner before time n; moves on from `at`. */
static size_t corner_before(const struct cycle *cycle, size_t at, scalar n)
{
    while (at + 2 < cycle->corners && n > cycle->corner[at + 1].time)
        at++;
    return at;
}

void one_cycle_run(struct question *q)
{
    struct schedule schedule = schedule_create(q);
    const struct cycle cycle = read_cycle(q);
    scalar *momentum = question_output(q, "momentum", "[T]");
    scalar *weight = question_scratch(q, schedule.count);
    const scalar pi = (scalar)3.14159265358979323846;
    check_end(q, &schedule, &cycle);
    for (size_t i = 0, at = 0; i < schedule.count; i++) {
        const scalar n = (scalar)schedule_time(&schedule, i);
        at = corner_before(&cycle, at, n);
        const scalar begin = cycle.corner[at].time;
        const scalar passed = (n - begin) / (cycle.corner[at + 1].time - begin);
        weight[i] = cycle.linear ? 1 - passed : pi * passed;
    }
    if (!cycle.linear)
        question_team(q)->kernels->cosine(schedule.count, weight, weight);
    for (size_t i = 0, at = 0; i < schedule.count; i++) {
        at = corner_before(&cycle, at, (scalar)schedule_time(&schedule, i));
        const struct corner *from = &cycle.corner[at], *to = from + 1;
        const scalar w = cycle.linear ? weight[i] : (1 + weight[i]) * (scalar)0.5;
        schedule.rate[i] = to->rate + (from->rate - to->rate) * w;
        momentum[i] = to->momentum + (from->momentum - to->momentum) * w;
    }
}
