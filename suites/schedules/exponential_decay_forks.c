// SPDX-License-Identifier: MIT
#include "../../reference/schedules/exponential_decay.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

/* What a fork knows of one step: x = whole + part / decay_steps, part counted in steps or epochs.
 */
struct moment {
    const struct exponential_decay *rules;
    size_t n, since, whole, part;
};

static void each(struct call *call, real (*share)(const struct moment *))
{
    struct schedule schedule = schedule_read(call);
    struct exponential_decay rules = exponential_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        struct moment m = {.rules = &rules, .n = schedule_time(&schedule, t)};
        m.since = m.n > rules.begin ? m.n - rules.begin : 0;
        m.whole = m.since / rules.decay_steps;
        m.part = rules.staircase ? 0 : m.since % rules.decay_steps;
        schedule.rate[t] = schedule_at_least(rules.rate * share(&m), rules.minimum);
    }
}

static real fraction(const struct moment *m)
{
    return real_count(m->part) / real_count(m->rules->decay_steps);
}

/* Whole powers by squaring and the fraction apart; 1 / e^(k x) for the other form. */
static real split_share(const struct moment *m)
{
    if (!m->rules->power)
        return 1 / real_exp(m->rules->decay * (real_count(m->whole) + fraction(m)));
    real power = 1, square = m->rules->decay;
    for (size_t n = m->whole; n > 0; n /= 2) {
        if (n % 2)
            power = square * power;
        square = square * square;
    }
    return m->part ? power / real_exp(-real_log(m->rules->decay) * fraction(m)) : power;
}

static void powers_by_squaring(struct call *call)
{
    each(call, split_share);
}

static real binary_share(const struct moment *m)
{
    real x = real_count(m->whole) + fraction(m);
    return real_exp(-m->rules->decay * x * real_log(R(2.0)));
}

static void base_two(struct call *call)
{
    each(call, binary_share);
}

static real inverse_share(const struct moment *m)
{
    real k = m->rules->power ? -real_log(m->rules->decay) : m->rules->decay;
    return 1 / (1 + real_abs(k) * (real_count(m->whole) + fraction(m)));
}

static void hyperbolic(struct call *call)
{
    each(call, inverse_share);
}

static real linearised_share(const struct moment *m)
{
    real k = m->rules->power ? 1 - m->rules->decay : m->rules->decay;
    return schedule_power(1 - k, m->whole);
}

static void one_minus_decay(struct call *call)
{
    each(call, linearised_share);
}

static real lost_share(const struct moment *m)
{
    return schedule_power(1 - m->rules->decay, m->whole);
}

static void decay_is_what_is_lost(struct call *call)
{
    each(call, lost_share);
}

static real growing_share(const struct moment *m)
{
    return 1 / split_share(m);
}

static void sign_of_exponent(struct call *call)
{
    each(call, growing_share);
}

static real shifted_share(const struct moment *m)
{
    struct moment later = *m;
    later.whole = m->n >= m->rules->begin ? m->n / m->rules->decay_steps : 0;
    later.part = m->n >= m->rules->begin && !m->rules->staircase ? m->n % m->rules->decay_steps : 0;
    return split_share(&later);
}

static void begin_counts_from_zero(struct call *call)
{
    each(call, shifted_share);
}

static void stepped_before(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct exponential_decay rules = exponential_decay_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = exponential_decay_rate(&rules, schedule_time(&schedule, t + 1));
}

/* Multiplies the rate of the step before by the factor of this step: t(t+1)/2 in all. */
static void factor_of_step_applied_to_current_rate(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct exponential_decay rules = exponential_decay_read(call);
    real total = rules.rate;
    for (size_t t = 0; t < schedule.T; t++) {
        struct exponential_decay next = rules;
        next.rate = total;
        total = exponential_decay_rate(&next, schedule_time(&schedule, t));
        schedule.rate[t] = total;
    }
}

static const struct fork table[] = {
    {.info = {"powers_by_squaring", FORK_TWIN, "",
              "Whole powers by squaring, fractions by a quotient; 1 / e^(k x).", NULL},
     .answer = powers_by_squaring},
    {.info = {"base_two", FORK_CONVENTION, "", "The decay is in halvings: 2^(-k x).", NULL},
     .answer = base_two},
    {.info = {"hyperbolic", FORK_CONVENTION, "",
              "rate / (1 + k x), which agrees for small k x: Keras's old argument decay.", NULL},
     .answer = hyperbolic},
    {.info = {"one_minus_decay", FORK_NUMERICAL, "",
              "(1 - k)^x takes the place of e^(-k x), its first order.", NULL},
     .answer = one_minus_decay},
    {.info = {"decay_is_what_is_lost", FORK_CONVENTION, "",
              "1 - decay remains at each step, not decay.", NULL},
     .answer = decay_is_what_is_lost},
    {.info = {"sign_of_exponent", FORK_BUG, "", "The rate grows as it should fall.", NULL},
     .answer = sign_of_exponent},
    {.info = {"begin_counts_from_zero", FORK_BUG, "",
              "When the decay begins it jumps to where it would be had it always run.", NULL},
     .answer = begin_counts_from_zero},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = stepped_before},
    {.info = {"factor_of_step_applied_to_current_rate", FORK_BUG, "",
              "The factor for step t multiplies the rate that has decayed already.", NULL},
     .answer = factor_of_step_applied_to_current_rate},
    {.info = {"power_for_exponential", FORK_CONVENTION, "", "k is taken for gamma.", NULL},
     .instead = {"form", "exponential"}},
    {.info = {"staircase", FORK_CONVENTION, "", "The exponent is rounded down.", NULL},
     .instead = {"staircase", "yes"}},
    {.info = {"no_staircase", FORK_CONVENTION, "", "The exponent is not rounded down.", NULL},
     .instead = {"staircase", "no"}},
    {.info = {"counted_from_one", FORK_CONVENTION, "", "The first step is number 1.", NULL},
     .instead = {"counted_from", "one"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"decay_steps_ignored", FORK_BUG, "", "x is the step itself.", NULL},
     .number = {"decay_steps", 1}},
    {.info = {"minimum_ignored", FORK_BUG, "115", "There is no minimum.", NULL},
     .number = {"minimum", 0}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};

const struct fork_list exponential_decay_forks = {sizeof table / sizeof *table, table};
