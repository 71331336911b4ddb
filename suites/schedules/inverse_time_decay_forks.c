// SPDX-License-Identifier: MIT
#include "../../reference/schedules/inverse_time_decay.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

/* Calls rate(rules, n, x) for each step, x the time in decay_steps. */
static void each(struct call *call,
                 real (*rate)(const struct inverse_time_decay *, size_t n, real x))
{
    struct schedule schedule = schedule_read(call);
    struct inverse_time_decay rules = inverse_time_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t);
        real x = rules.staircase ? real_count(n / rules.decay_steps)
                                 : real_count(n) / real_count(rules.decay_steps);
        schedule.rate[t] = schedule_at_least(rate(&rules, n, x), rules.minimum);
    }
}

/* In steps: rate D / (D + k n); the root as the exponential of half a logarithm. */
static real common_denominator(const struct inverse_time_decay *rules, size_t n, real x)
{
    (void)x;
    real D = real_count(rules->decay_steps);
    size_t steps = rules->staircase ? n - n % rules->decay_steps : n;
    if (rules->root)
        return rules->rate * real_exp(real_log1p(rules->decay * (real_count(steps) / D)) / R(-2.0));
    return rules->rate * D / real_fma(rules->decay, real_count(steps), D);
}

static void over_common_denominator(struct call *call)
{
    each(call, common_denominator);
}

static real exponential_rate(const struct inverse_time_decay *rules, size_t n, real x)
{
    (void)n;
    return rules->rate * real_exp(-rules->decay * x);
}

static void exponential(struct call *call)
{
    each(call, exponential_rate);
}

static real without_one_rate(const struct inverse_time_decay *rules, size_t n, real x)
{
    real divisor = n == 0 ? 1 : 1 + rules->decay * (x - 1);
    return rules->rate / (rules->root ? real_sqrt(divisor) : divisor);
}

static void one_step_back(struct call *call)
{
    each(call, without_one_rate);
}

static real root_of_time_rate(const struct inverse_time_decay *rules, size_t n, real x)
{
    real divisor = 1 + rules->decay * (rules->root ? real_sqrt(x) : x * x);
    (void)n;
    return rules->rate / divisor;
}

static void power_on_time_alone(struct call *call)
{
    each(call, root_of_time_rate);
}

static real expanded_rate(const struct inverse_time_decay *rules, size_t n, real x)
{
    (void)n;
    return rules->rate * (1 - rules->decay * x);
}

static void first_order(struct call *call)
{
    each(call, expanded_rate);
}

static void divided_again(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct inverse_time_decay rules = inverse_time_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        rules.rate = inverse_time_decay_rate(&rules, schedule_time(&schedule, t));
        schedule.rate[t] = rules.rate;
    }
}

static void stepped_before(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct inverse_time_decay rules = inverse_time_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = inverse_time_decay_rate(&rules, schedule_time(&schedule, t + 1));
}

static const struct fork table[] = {
    {.info = {"over_common_denominator", FORK_TWIN, "",
              "rate D / (D + k n), and the root through a logarithm.", NULL},
     .answer = over_common_denominator},
    {.info = {"exponential", FORK_CONVENTION, "", "e^(-k x), which agrees for small k x.", NULL},
     .answer = exponential},
    {.info = {"one_step_back", FORK_CONVENTION, "103",
              "Time minus 1, which fits a count from 1, applied to a count from 0.", NULL},
     .answer = one_step_back},
    {.info = {"counted_from_one", FORK_CONVENTION, "103",
              "The first step is number 1 and is divided already.", NULL},
     .instead = {"counted_from", "one"}},
    {.info = {"counted_from_zero", FORK_CONVENTION, "103", "The first step is number 0.", NULL},
     .instead = {"counted_from", "zero"}},
    {.info = {"power_on_time_alone", FORK_BUG, "",
              "The root is taken of the time and not of 1 + k t (or the time is squared).", NULL},
     .answer = power_on_time_alone},
    {.info = {"first_order", FORK_NUMERICAL, "", "rate (1 - k x), the first order.", NULL},
     .answer = first_order},
    {.info = {"divided_again", FORK_BUG, "",
              "The rate of the step before is divided, not the first one.", NULL},
     .answer = divided_again},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = stepped_before},
    {.info = {"no_root", FORK_CONVENTION, "", "There is no root.", NULL},
     .instead = {"form", "inverse"}},
    {.info = {"staircase", FORK_CONVENTION, "", "The time is rounded down.", NULL},
     .instead = {"staircase", "yes"}},
    {.info = {"no_staircase", FORK_CONVENTION, "", "The time is not rounded down.", NULL},
     .instead = {"staircase", "no"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"minimum_ignored", FORK_BUG, "115", "There is no minimum.", NULL},
     .number = {"minimum", 0}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};

const struct fork_list inverse_time_decay_forks = {sizeof table / sizeof *table, table};
