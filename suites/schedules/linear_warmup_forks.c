// SPDX-License-Identifier: MIT
#include "../../reference/schedules/linear_warmup.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

static void each(struct call *call, real (*rate)(const struct warmup *, size_t p))
{
    struct schedule schedule = schedule_read(call);
    struct warmup rules = warmup_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = rate(&rules, schedule_time(&schedule, t));
}

/* The line between two points of whole abscissae: (y0 (x1 - x) + y1 (x - x0)) / (x1 - x0). */
static real line(real y0, real y1, size_t x0, size_t x, size_t x1)
{
    return (y0 * real_count(x1 - x) + y1 * real_count(x - x0)) / real_count(x1 - x0);
}

static real two_points(const struct warmup *rules, size_t p)
{
    real first = rules->first == WARMUP_START_RATE ? rules->start : 0;
    size_t shift = rules->first == WARMUP_ONE_OVER_N;
    if (p < rules->warmup)
        return line(first, rules->rate, 0, p + shift, rules->warmup);
    if (rules->after == WARMUP_LINEAR)
        return p >= rules->total ? 0 : line(rules->rate, 0, rules->warmup, p, rules->total);
    if (rules->after == WARMUP_INVERSE_ROOT)
        return rules->rate / real_sqrt(real_count(p) / real_count(rules->warmup));
    return rules->rate;
}

static void through_two_points(struct call *call)
{
    each(call, two_points);
}

static real longer_rate(const struct warmup *rules, size_t p)
{
    struct warmup longer = *rules;
    longer.warmup++;
    longer.total++;
    return p < rules->warmup ? warmup_rate(&longer, p) : warmup_rate(rules, p);
}

static void divided_by_one_more(struct call *call)
{
    each(call, longer_rate);
}

static real restart_rate(const struct warmup *rules, size_t p)
{
    struct warmup after = *rules;
    if (p < rules->warmup)
        return warmup_rate(rules, p);
    if (rules->after == WARMUP_LINEAR && p < rules->total)
        return rules->rate * (real_count(rules->total - p) / real_count(rules->total));
    return warmup_rate(&after, p);
}

static void decay_measured_from_zero(struct call *call)
{
    each(call, restart_rate);
}

static real long_rate(const struct warmup *rules, size_t p)
{
    struct warmup later = *rules;
    later.total += rules->warmup;
    return warmup_rate(&later, p);
}

static void total_without_warmup(struct call *call)
{
    each(call, long_rate);
}

static real negative_rate(const struct warmup *rules, size_t p)
{
    if (rules->after == WARMUP_LINEAR && p > rules->total)
        return -(rules->rate *
                 (real_count(p - rules->total) / real_count(rules->total - rules->warmup)));
    return warmup_rate(rules, p);
}

static void below_zero_after_the_end(struct call *call)
{
    each(call, negative_rate);
}

static real overshooting_rate(const struct warmup *rules, size_t p)
{
    if (rules->after == WARMUP_CONSTANT && rules->warmup > 0)
        return rules->rate * (real_count(p) / real_count(rules->warmup));
    return warmup_rate(rules, p);
}

static void never_stops_rising(struct call *call)
{
    each(call, overshooting_rate);
}

static real jump_rate(const struct warmup *rules, size_t p)
{
    if (rules->after == WARMUP_INVERSE_ROOT && p >= rules->warmup)
        return rules->rate / real_sqrt(real_count(p));
    return warmup_rate(rules, p);
}

static void root_without_warmup(struct call *call)
{
    each(call, jump_rate);
}

static real geometric_rate(const struct warmup *rules, size_t p)
{
    if (p >= rules->warmup || rules->first != WARMUP_START_RATE)
        return warmup_rate(rules, p);
    real share = real_count(p) / real_count(rules->warmup);
    return rules->start * real_exp(share * real_log(rules->rate / rules->start));
}

static void geometric(struct call *call)
{
    each(call, geometric_rate);
}

static void stepped_before(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct warmup rules = warmup_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = warmup_rate(&rules, schedule_time(&schedule, t + 1));
}

static const struct fork table[] = {
    {.info = {"through_two_points", FORK_TWIN, "",
              "Lines through two points, with whole weights; a quotient by a root.", NULL},
     .answer = through_two_points},
    {.info = {"starts_at_zero", FORK_CONVENTION, "114", "The first step has the rate 0.", NULL},
     .instead = {"first_rate", "zero"}},
    {.info = {"starts_at_one_over_n", FORK_CONVENTION, "114", "The first step has rate / n.", NULL},
     .instead = {"first_rate", "one_over_n"}},
    {.info = {"divided_by_one_more", FORK_BUG, "114",
              "The warm-up is divided by W + 1 and never reaches the full rate.", NULL},
     .answer = divided_by_one_more},
    {.info = {"decay_measured_from_zero", FORK_BUG, "",
              "The way down counts from step 0: a jump at the end of the warm-up.", NULL},
     .answer = decay_measured_from_zero},
    {.info = {"total_without_warmup", FORK_CONVENTION, "",
              "The total counts the steps after the warm-up only.", NULL},
     .answer = total_without_warmup},
    {.info = {"below_zero_after_the_end", FORK_BUG, "", "The line goes on below 0.", NULL},
     .answer = below_zero_after_the_end},
    {.info = {"never_stops_rising", FORK_BUG, "", "The rate rises beyond its full value.", NULL},
     .answer = never_stops_rising},
    {.info = {"root_without_warmup", FORK_BUG, "",
              "rate / sqrt(t) after the warm-up, without the factor sqrt(W).", NULL},
     .answer = root_without_warmup},
    {.info = {"geometric", FORK_CONVENTION, "", "Equal factors instead of equal steps.", NULL},
     .answer = geometric},
    {.info = {"stepped_before", FORK_CONVENTION, "114 116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = stepped_before},
    {.info = {"warmup_ignored", FORK_BUG, "", "One step of warm-up, whatever is asked for.", NULL},
     .number = {"warmup", 1}},
    {.info = {"decay_forgotten", FORK_BUG, "", "The rate stays after the warm-up.", NULL},
     .instead = {"after", "constant"}},
    {.info = {"counted_from_one", FORK_CONVENTION, "114", "The first step is number 1.", NULL},
     .instead = {"counted_from", "one"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training warms up again.", NULL},
     .number = {"first", 0}},
};

const struct fork_list linear_warmup_forks = {sizeof table / sizeof *table, table};
