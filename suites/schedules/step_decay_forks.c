// SPDX-License-Identifier: MIT
#include "../../reference/schedules/schedule.h"
#include "../../reference/schedules/step_decay.h"
#include "../fork.h"

/* A rate that falls when it is time to, as a scheduler with a state does it. */
static void by_recursion(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct step_decay decay = step_decay_read(call);
    real rate = decay.rate;
    size_t falls = 0;
    for (size_t t = 0; t < schedule.T; t++) {
        for (; falls < step_decay_falls(&decay, schedule_time(&schedule, t)); falls++)
            rate = decay.divide ? rate / decay.factor : rate * decay.factor;
        schedule.rate[t] = rate < decay.minimum ? decay.minimum : rate;
    }
}

/* Each fork below gives the rate for the time n, with the definition's `falls`. */
static void each(struct call *call, real (*rate)(const struct step_decay *, size_t n, size_t falls))
{
    struct schedule schedule = schedule_read(call);
    struct step_decay decay = step_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t);
        real value = rate(&decay, n, step_decay_falls(&decay, n));
        schedule.rate[t] = schedule_at_least(value, decay.minimum);
    }
}

static real fallen(const struct step_decay *decay, size_t falls)
{
    real power = schedule_power(decay->factor, falls);
    return decay->divide ? decay->rate / power : decay->rate * power;
}

static real smooth_rate(const struct step_decay *decay, size_t n, size_t falls)
{
    (void)falls;
    real exponent = real_count(n) / real_count(decay->every) * real_log(decay->factor);
    return decay->rate * real_exp(decay->divide ? -exponent : exponent);
}

static void smooth(struct call *call)
{
    each(call, smooth_rate);
}

static real once_rate(const struct step_decay *decay, size_t n, size_t falls)
{
    (void)n;
    return fallen(decay, falls > 0);
}

static void only_once(struct call *call)
{
    each(call, once_rate);
}

static real linear_rate(const struct step_decay *decay, size_t n, size_t falls)
{
    (void)n;
    return decay->rate - real_count(falls) * (decay->rate - fallen(decay, 1));
}

static void linear(struct call *call)
{
    each(call, linear_rate);
}

static real share_rate(const struct step_decay *decay, size_t n, size_t falls)
{
    (void)n;
    return decay->rate * schedule_power(1 - decay->factor, falls);
}

static void factor_is_what_is_lost(struct call *call)
{
    each(call, share_rate);
}

static real early_rate(const struct step_decay *decay, size_t n, size_t falls)
{
    (void)falls;
    return step_decay_rate(decay, n + 1);
}

static void stepped_before(struct call *call)
{
    each(call, early_rate);
}

/* The scheduler is asked at every step, and falls whenever the epoch is a multiple. */
static void falls_at_every_step_of_the_epoch(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct step_decay decay = step_decay_read(call);
    real rate = step_decay_rate(&decay, schedule_time(&schedule, 0));
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t);
        if (t > 0 && n > 0 && n % decay.every == 0)
            rate = decay.divide ? rate / decay.factor : rate * decay.factor;
        schedule.rate[t] = schedule_at_least(rate, decay.minimum);
    }
}

static const struct fork table[] = {
    {.info = {"by_recursion", FORK_TWIN, "",
              "A scheduler with a state, which multiplies the rate whenever it falls.", NULL},
     .answer = by_recursion},
    {.info = {"smooth", FORK_CONVENTION, "", "The exponent n / every is not rounded down.", NULL},
     .answer = smooth},
    {.info = {"only_once", FORK_BUG, "", "The rate falls at the first boundary only.", NULL},
     .answer = only_once},
    {.info = {"linear", FORK_BUG, "", "The same amount is subtracted at every boundary.", NULL},
     .answer = linear},
    {.info = {"factor_is_what_is_lost", FORK_CONVENTION, "",
              "The factor is the share that is taken away, so 1 - factor remains.", NULL},
     .answer = factor_is_what_is_lost},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = stepped_before},
    {.info = {"falls_at_every_step_of_the_epoch", FORK_BUG, "116",
              "Asked at every step, it falls at each step of an epoch that is a multiple.", NULL},
     .answer = falls_at_every_step_of_the_epoch},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116",
              "Every step counts as an epoch, so the rate falls far too early.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"boundary_late", FORK_CONVENTION, "", "The rate falls after the boundary.", NULL},
     .instead = {"boundary", "after"}},
    {.info = {"boundary_early", FORK_CONVENTION, "", "The rate falls at the boundary.", NULL},
     .instead = {"boundary", "at"}},
    {.info = {"counted_from_one", FORK_CONVENTION, "", "The first epoch is number 1.", NULL},
     .instead = {"counted_from", "one"}},
    {.info = {"multiplied", FORK_BUG, "", "Multiplies by a factor that is a divisor.", NULL},
     .instead = {"factor_form", "multiply"}},
    {.info = {"start_over_when_resumed", FORK_BUG, "",
              "Training that is resumed starts its schedule over.", NULL},
     .number = {"first", 0}},
    {.info = {"minimum_ignored", FORK_BUG, "115", "There is no minimum.", NULL},
     .number = {"minimum", 0}},
};

const struct fork_list step_decay_forks = {sizeof table / sizeof *table, table};
