// SPDX-License-Identifier: MIT
#include "../../reference/schedules/cosine_annealing.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"
#include "../short_formats.h"

#define PI R(3.14159265358979323846264338327950288)

static void each(struct call *call, real (*rate)(const struct cosine *, size_t n))
{
    struct schedule schedule = schedule_read(call);
    struct cosine rules = cosine_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] = rate(&rules, schedule_time(&schedule, t));
}

/* (1 + cos a) / 2 is cos^2(a / 2), and the rate a mean of its two ends with that weight. */
static real half_angle_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    real c = real_cos(PI * real_count(at.p) / real_count(2 * at.L));
    real s = real_cos(PI * real_count(at.L - at.p) / real_count(2 * at.L));
    return rules->rate * (c * c) + rules->minimum * (s * s);
}

static void half_angle(struct call *call)
{
    each(call, half_angle_rate);
}

/* The step p = L still belongs to its cycle. */
static real late_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = {n, rules->period};
    if (rules->after != COSINE_RESTART)
        return cosine_rate(rules, cosine_find(rules, n));
    while (at.p > at.L) {
        at.p -= at.L + 1;
        at.L *= rules->multiplier;
    }
    return cosine_rate(rules, at);
}

static void restart_late(struct call *call)
{
    each(call, late_rate);
}

static real reached_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    at.L = at.L > 1 ? at.L - 1 : 1;
    at.p = at.p > at.L ? at.L : at.p;
    return cosine_rate(rules, at);
}

static void minimum_on_last_step(struct call *call)
{
    each(call, reached_rate);
}

/* The cycles grow, but the place in them is n modulo the first period. */
static real modulo_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    if (rules->after == COSINE_RESTART)
        at.p = n % rules->period;
    return cosine_rate(rules, at);
}

static void place_modulo_first_period(struct call *call)
{
    each(call, modulo_rate);
}

static real whole_turn_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    real c = real_cos(2 * PI * real_count(at.p) / real_count(at.L));
    return rules->minimum + (rules->rate - rules->minimum) * (1 + c) / 2;
}

static void whole_turn(struct call *call)
{
    each(call, whole_turn_rate);
}

static real quarter_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    real c = real_cos(PI / 2 * real_count(at.p) / real_count(at.L));
    return rules->minimum + (rules->rate - rules->minimum) * c;
}

static void quarter_turn(struct call *call)
{
    each(call, quarter_rate);
}

static real no_half_rate(const struct cosine *rules, size_t n)
{
    return 2 * cosine_rate(rules, cosine_find(rules, n)) - rules->minimum;
}

static void half_forgotten(struct call *call)
{
    each(call, no_half_rate);
}

static real added_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    real c = real_cos(PI * real_count(at.p) / real_count(at.L));
    return rules->minimum + rules->rate * (1 + c) / 2;
}

static void minimum_on_top(struct call *call)
{
    each(call, added_rate);
}

static real clipped_rate(const struct cosine *rules, size_t n)
{
    struct cosine down = *rules;
    down.minimum = 0;
    return schedule_at_least(cosine_rate(&down, cosine_find(rules, n)), rules->minimum);
}

static void clipped_at_minimum(struct call *call)
{
    each(call, clipped_rate);
}

static real linear_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    real left = real_count(at.L - at.p) / real_count(at.L);
    return rules->minimum + (rules->rate - rules->minimum) * left;
}

static void linear(struct call *call)
{
    each(call, linear_rate);
}

/* The errors of a processor's cosine are absolute: its argument was reduced with a short pi. */
static real rough_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    real angle = PI * real_count(at.p) / real_count(at.L);
    real c = real_cos(angle) + 590 * 2 * REAL_UNIT_ROUNDOFF;
    return rules->minimum + (rules->rate - rules->minimum) * (1 + c) / 2;
}

static void cosine_of_processor(struct call *call)
{
    each(call, rough_rate);
}

static real single_rate(const struct cosine *rules, size_t n)
{
    struct cosine_place at = cosine_find(rules, n);
    real share = real_count(at.p) / real_count(at.L);
    real c = real_cos(rounded_to(PI, SINGLE_BITS) * share);
    return rules->minimum + (rules->rate - rules->minimum) * R(0.5) * (1 + c);
}

static void pi_in_single(struct call *call)
{
    each(call, single_rate);
}

static void stepped_before(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct cosine rules = cosine_read(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] =
            cosine_rate(&rules, cosine_find(&rules, schedule_time(&schedule, t + 1)));
}

static const struct fork table[] = {
    {.info = {"half_angle", FORK_TWIN, "",
              "A mean of the two rates with weights cos^2 and sin^2 of half the angle.", NULL},
     .answer = half_angle},
    {.info = {"restart_late", FORK_BUG, "113",
              "The step at the end of a period still has the minimum, and the restart is late.",
              NULL},
     .answer = restart_late},
    {.info = {"minimum_on_last_step", FORK_CONVENTION, "113",
              "The period is stretched so that its last step reaches the minimum.", NULL},
     .answer = minimum_on_last_step},
    {.info = {"place_modulo_first_period", FORK_BUG, "113",
              "Longer cycles, but the place in them repeats with the first period.", NULL},
     .answer = place_modulo_first_period},
    {.info = {"whole_turn", FORK_BUG, "", "cos(2 pi p / L): down and up again.", NULL},
     .answer = whole_turn},
    {.info = {"quarter_turn", FORK_CONVENTION, "", "A quarter of a turn, without the sum.", NULL},
     .answer = quarter_turn},
    {.info = {"half_forgotten", FORK_BUG, "", "The half of (1 + cos) / 2 is missing.", NULL},
     .answer = half_forgotten},
    {.info = {"minimum_on_top", FORK_BUG, "115", "The minimum is added to the full range.", NULL},
     .answer = minimum_on_top},
    {.info = {"clipped_at_minimum", FORK_CONVENTION, "115",
              "The decay goes to 0 and is cut off at the minimum.", NULL},
     .answer = clipped_at_minimum},
    {.info = {"linear", FORK_CONVENTION, "", "A straight line.", NULL}, .answer = linear},
    {.info = {"minimum_ignored", FORK_CONVENTION, "115", "There is no end value.", NULL},
     .number = {"minimum", 0}},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = stepped_before},
    {.info = {"cosine_of_processor", FORK_NUMERICAL, "275",
              "The cosine is off by 590 units in the last place of 1.", NULL},
     .answer = cosine_of_processor},
    {.info = {"pi_in_single", FORK_NUMERICAL, "276", "pi is a number of 24 bits, promoted.",
              "In binary32 the pi of 24 bits is pi itself, so every operation is the same."},
     .answer = pi_in_single},
    {.info = {"multiplier_ignored", FORK_BUG, "113", "All cycles are as long as the first.", NULL},
     .number = {"multiplier", 1}},
    {.info = {"always_restarts", FORK_CONVENTION, "", "It restarts after the period.", NULL},
     .instead = {"after", "restart"}},
    {.info = {"never_restarts", FORK_CONVENTION, "", "It stays at the end value.", NULL},
     .instead = {"after", "stay"}},
    {.info = {"goes_back", FORK_CONVENTION, "", "It goes up again after the period.", NULL},
     .instead = {"after", "back"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};

const struct fork_list cosine_annealing_forks = {sizeof table / sizeof *table, table};
