// SPDX-License-Identifier: MIT
#include "../../reference/schedules/cyclical_learning_rate.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

static void each(struct call *call, real (*rate)(const struct cyclical *, size_t n))
{
    struct schedule schedule = schedule_read(call);
    struct cyclical rules = cyclical_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = rate(&rules, schedule_time(&schedule, t));
}

static real definition(const struct cyclical *rules, size_t n)
{
    real range = rules->maximum - rules->base;
    return rules->base + range * cyclical_share(rules, n) * cyclical_scale(rules, n);
}

/* Interpolates between the two bounds, (low weight + high (1 - weight)), with whole weights. */
static real weighted(const struct cyclical *rules, size_t n)
{
    size_t length = rules->up + rules->down, p = n % length;
    size_t side = p < rules->up ? rules->up : rules->down;
    size_t height = p < rules->up ? p : length - p;
    real top = rules->maximum;
    if (rules->mode != CYCLICAL_TRIANGULAR) {
        real scale = cyclical_scale(rules, n);
        top = rules->maximum * scale + rules->base * (1 - scale);
    }
    return (top * real_count(height) + rules->base * real_count(side - height)) / real_count(side);
}

static void weighted_bounds(struct call *call)
{
    each(call, weighted);
}

static real from_top_rate(const struct cyclical *rules, size_t n)
{
    return definition(rules, n + rules->up);
}

static void starts_at_the_top(struct call *call)
{
    each(call, from_top_rate);
}

/* up steps are taken for the whole cycle. */
static real short_rate(const struct cyclical *rules, size_t n)
{
    return definition(rules, 2 * n);
}

static void step_size_taken_for_cycle(struct call *call)
{
    each(call, short_rate);
}

static real even_rate(const struct cyclical *rules, size_t n)
{
    struct cyclical even = *rules;
    even.down = even.up;
    return definition(&even, n);
}

static void down_as_fast_as_up(struct call *call)
{
    each(call, even_rate);
}

static real saw_rate(const struct cyclical *rules, size_t n)
{
    size_t length = rules->up + rules->down;
    real share = real_count(n % length) / real_count(length);
    return rules->base + (rules->maximum - rules->base) * share * cyclical_scale(rules, n);
}

static void drops_at_the_end(struct call *call)
{
    each(call, saw_rate);
}

static real late_scale_rate(const struct cyclical *rules, size_t n)
{
    real range = rules->maximum - rules->base;
    real scale = cyclical_scale(rules, n + rules->up + rules->down);
    return rules->base + range * cyclical_share(rules, n) * scale;
}

static void cycles_counted_from_one(struct call *call)
{
    each(call, late_scale_rate);
}

static real whole_rate(const struct cyclical *rules, size_t n)
{
    real range = rules->maximum - rules->base;
    return (rules->base + range * cyclical_share(rules, n)) * cyclical_scale(rules, n);
}

static void base_scaled_too(struct call *call)
{
    each(call, whole_rate);
}

static real pointless_rate(const struct cyclical *rules, size_t n)
{
    return rules->base + rules->maximum * cyclical_share(rules, n) * cyclical_scale(rules, n);
}

static void maximum_taken_for_range(struct call *call)
{
    each(call, pointless_rate);
}

static void stepped_before(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct cyclical rules = cyclical_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = definition(&rules, schedule_time(&schedule, t + 1));
}

static const struct fork table[] = {
    {.info = {"weighted_bounds", FORK_TWIN, "",
              "A mean of the two bounds with whole weights, the upper one scaled first.", NULL},
     .answer = weighted_bounds},
    {.info = {"starts_at_the_top", FORK_BUG, "", "The first cycle begins at the maximum.", NULL},
     .answer = starts_at_the_top},
    {.info = {"step_size_taken_for_cycle", FORK_CONVENTION, "",
              "The step size is the whole cycle instead of half of it.", NULL},
     .answer = step_size_taken_for_cycle},
    {.info = {"down_as_fast_as_up", FORK_BUG, "", "Both ways take as many steps as the way up.",
              NULL},
     .answer = down_as_fast_as_up},
    {.info = {"drops_at_the_end", FORK_BUG, "", "Up through the whole cycle, then a fall.", NULL},
     .answer = drops_at_the_end},
    {.info = {"cycles_counted_from_one", FORK_BUG, "",
              "The scale of the next cycle, since the first one counts as number 1.", NULL},
     .answer = cycles_counted_from_one},
    {.info = {"base_scaled_too", FORK_BUG, "", "The scale also shrinks the lower bound.", NULL},
     .answer = base_scaled_too},
    {.info = {"maximum_taken_for_range", FORK_BUG, "", "base + maximum at the top.", NULL},
     .answer = maximum_taken_for_range},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = stepped_before},
    {.info = {"mode_ignored", FORK_BUG, "", "Every cycle has the full amplitude.", NULL},
     .instead = {"mode", "triangular"}},
    {.info = {"scale_by_step", FORK_CONVENTION, "", "The decay counts steps, not cycles.", NULL},
     .instead = {"scale_by", "step"}},
    {.info = {"scale_by_cycle", FORK_CONVENTION, "", "The decay counts cycles, not steps.", NULL},
     .instead = {"scale_by", "cycle"}},
    {.info = {"counted_from_one", FORK_CONVENTION, "", "The first step is number 1.", NULL},
     .instead = {"counted_from", "one"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};

const struct fork_list cyclical_learning_rate_forks = {sizeof table / sizeof *table, table};
