// SPDX-License-Identifier: MIT
/* Exponential decay; definition in reference/schedules/exponential_decay.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rate is computed alone; a rank
 * multiplies its way up to its first whole power. Nothing crosses the network, nothing is added.
 */
#include "schedule.h"

struct rules {
    scalar rate, decay;
    size_t decay_steps, begin;
    bool power, staircase;
};

static size_t elapsed(const struct schedule *schedule, const struct rules *rules, size_t i)
{
    const size_t n = schedule_time(schedule, i);
    return n < rules->begin ? 0 : n - rules->begin;
}

static void by_multiplication(const struct schedule *schedule, const struct rules *rules)
{
    struct rising_power power = {.base = rules->decay};
    for (size_t i = 0; i < schedule->count; i++)
        schedule->rate[i] =
            rules->rate * rising_power_at(&power, elapsed(schedule, rules, i) / rules->decay_steps);
}

/* rate e^(slope x): the slope is -decay, or the logarithm of the base. */
static void by_exponential(const struct team *team, const struct schedule *schedule,
                           const struct rules *rules)
{
    scalar slope = -rules->decay;
    if (rules->power)
        team->kernels->logarithm(1, &slope, &rules->decay);
    for (size_t i = 0; i < schedule->count; i++) {
        const size_t since = elapsed(schedule, rules, i);
        const scalar x = rules->staircase ? (scalar)(since / rules->decay_steps)
                                          : (scalar)since / (scalar)rules->decay_steps;
        schedule->rate[i] = slope * x;
    }
    team->kernels->exponential(schedule->count, schedule->rate, schedule->rate);
    for (size_t i = 0; i < schedule->count; i++)
        schedule->rate[i] = rules->rate * schedule->rate[i];
}

void exponential_decay_run(struct question *q)
{
    static const char *const forms[] = {"exponential", "power", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const size_t most = (size_t)1 << 24;
    struct schedule schedule = schedule_create(q);
    struct rules rules = {.decay_steps = 1,
                          .power = question_choice(q, "form", forms) == 1,
                          .staircase = question_choice(q, "staircase", no_yes) == 1,
                          .rate = question_number(q, "rate")};
    rules.decay = rules.power ? schedule_positive(q, "decay") : question_number(q, "decay");
    if (question_number_or(q, "decay_steps", 1) != 1)
        rules.decay_steps = question_count(q, "decay_steps", 1, most);
    if (question_number_or(q, "begin", 0) != 0)
        rules.begin = question_count(q, "begin", 0, most);
    if (rules.power && (rules.staircase || rules.decay_steps == 1))
        by_multiplication(&schedule, &rules);
    else
        by_exponential(question_team(q), &schedule, &rules);
    schedule_limit(&schedule);
}
