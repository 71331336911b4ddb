// SPDX-License-Identifier: MIT
#include "../../reference/schedules/piecewise_constant.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

static void each(struct call *call, real (*rate)(const struct piecewise *, size_t n))
{
    struct schedule schedule = schedule_read(call);
    struct piecewise rules = piecewise_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = rate(&rules, schedule_time(&schedule, t));
}

/* Goes through all boundaries from the last to the first, and multiplies in that order. */
static real backwards_rate(const struct piecewise *rules, size_t n)
{
    real share = 1;
    for (size_t k = rules->B; k-- > 0;) {
        if (n < (size_t)rules->boundaries[k] + (size_t)rules->after)
            continue;
        if (rules->rates)
            return rules->rates[k + 1];
        share = share * rules->factors[k];
    }
    return rules->rates ? rules->rates[0] : share * rules->rate;
}

static void from_the_last_boundary(struct call *call)
{
    each(call, backwards_rate);
}

static real zero_ignored_rate(const struct piecewise *rules, size_t n)
{
    struct piecewise without = *rules;
    if (rules->B == 0 || rules->boundaries[0] != 0)
        return piecewise_rate(rules, piecewise_passed(rules, n));
    without.boundaries++;
    without.B--;
    if (rules->factors)
        without.factors++;
    return piecewise_rate(&without, piecewise_passed(&without, n));
}

static void first_boundary_at_zero_ignored(struct call *call)
{
    each(call, zero_ignored_rate);
}

static real single_factor_rate(const struct piecewise *rules, size_t n)
{
    size_t k = piecewise_passed(rules, n);
    return rules->factors && k > 0 ? rules->rate * rules->factors[k - 1] : piecewise_rate(rules, k);
}

static void factors_do_not_multiply_up(struct call *call)
{
    each(call, single_factor_rate);
}

static real lengths_rate(const struct piecewise *rules, size_t n)
{
    size_t k = 0, end = 0;
    while (k < rules->B && (end += (size_t)rules->boundaries[k]) + (size_t)rules->after <= n)
        k++;
    return piecewise_rate(rules, k);
}

static void boundaries_taken_for_lengths(struct call *call)
{
    each(call, lengths_rate);
}

static real one_boundary_rate(const struct piecewise *rules, size_t n)
{
    size_t k = piecewise_passed(rules, n);
    return piecewise_rate(rules, k > 0 ? 1 : 0);
}

static void only_the_first_boundary(struct call *call)
{
    each(call, one_boundary_rate);
}

/* Straight lines between the rates. */
static real interpolated_rate(const struct piecewise *rules, size_t n)
{
    size_t k = piecewise_passed(rules, n);
    if (k == rules->B)
        return piecewise_rate(rules, k);
    size_t from = k > 0 ? (size_t)rules->boundaries[k - 1] : 0;
    size_t to = (size_t)rules->boundaries[k] + (size_t)rules->after;
    real share = real_count(n - from) / real_count(to - from);
    return piecewise_rate(rules, k) +
           share * (piecewise_rate(rules, k + 1) - piecewise_rate(rules, k));
}

static void interpolated(struct call *call)
{
    each(call, interpolated_rate);
}

static void stepped_before(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct piecewise rules = piecewise_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        size_t k = piecewise_passed(&rules, schedule_time(&schedule, t + 1));
        schedule.rate[t] = piecewise_rate(&rules, k);
    }
}

static const struct fork table[] = {
    {.info = {"from_the_last_boundary", FORK_TWIN, "",
              "Searches from the last boundary, and multiplies the factors in that order.", NULL},
     .answer = from_the_last_boundary},
    {.info = {"first_boundary_at_zero_ignored", FORK_BUG, "118",
              "A first boundary at step 0 has no effect.", NULL},
     .answer = first_boundary_at_zero_ignored},
    {.info = {"factors_do_not_multiply_up", FORK_CONVENTION, "",
              "Each factor is applied to the first rate, not to the one before.", NULL},
     .answer = factors_do_not_multiply_up},
    {.info = {"boundaries_taken_for_lengths", FORK_BUG, "",
              "The boundaries are the lengths of the pieces.", NULL},
     .answer = boundaries_taken_for_lengths},
    {.info = {"only_the_first_boundary", FORK_BUG, "", "The rate changes once.", NULL},
     .answer = only_the_first_boundary},
    {.info = {"interpolated", FORK_CONVENTION, "", "Straight lines between the rates.", NULL},
     .answer = interpolated},
    {.info = {"boundary_late", FORK_CONVENTION, "118", "The boundary has the old rate.", NULL},
     .instead = {"boundary", "after"}},
    {.info = {"boundary_early", FORK_CONVENTION, "118", "The boundary has the new rate.", NULL},
     .instead = {"boundary", "at"}},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = stepped_before},
    {.info = {"counted_from_one", FORK_CONVENTION, "", "The first step is number 1.", NULL},
     .instead = {"counted_from", "one"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};

const struct fork_list piecewise_constant_forks = {sizeof table / sizeof *table, table};
