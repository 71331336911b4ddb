// SPDX-License-Identifier: MIT
#include "../../reference/schedules/polynomial_decay.h"
#include "../fork.h"

enum rival {
    TWIN,
    RISING_SHARE,
    POWER_OF_RANGE,
    CYCLE_EARLY,
    CYCLE_SAME_LENGTH,
    ON_TOP,
    CLIPPED,
    ONE_LESS,
    STEPPED_BEFORE,
    BELOW_END
};

/* x^power for 0 <= x: the root of a square for the twin, which logarithms of squares give too. */
static real power_of(real x, real power)
{
    if (x <= 0)
        return R(0.0);
    return real_exp(power / 2 * real_log(x * x));
}

static real rate_at(const struct polynomial *rules, size_t n, enum rival rival)
{
    size_t D = rules->steps, m = 1;
    while (rules->cycles && m * D < n + (rival == CYCLE_EARLY))
        m++;
    size_t L = m * D, p = n;
    if (rival == CYCLE_SAME_LENGTH && rules->cycles) {
        p = n - (m - 1) * D;
        L = D;
    }
    L -= rival == ONE_LESS && L > 1;
    p = p > L && rival != BELOW_END ? L : p;
    real left = 1 - real_count(p) / real_count(L), low = rules->minimum;
    if (rival == RISING_SHARE)
        return rules->rate +
               (low - rules->rate) * power_of(real_count(p) / real_count(L), rules->power);
    if (rival == BELOW_END && left < 0)
        return low + (rules->rate - low) * left;
    real share = power_of(left, rules->power);
    if (rival == POWER_OF_RANGE)
        return low + power_of((rules->rate > low ? rules->rate - low : 0) * left, rules->power);
    if (rival == ON_TOP)
        return low + rules->rate * share;
    if (rival == CLIPPED)
        return schedule_at_least(rules->rate * share, low);
    return rules->rate * share + low * (1 - share);
}

static void rival(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct polynomial rules = polynomial_read(call);
    enum rival rival = (enum rival)call_variant(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] =
            rate_at(&rules, schedule_time(&schedule, t + (rival == STEPPED_BEFORE)), rival);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"mean_of_ends", FORK_TWIN, "",
     "A mean of the two ends, the share from the logarithm of its square.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"share_of_the_way", FORK_BUG, "", "The power of the way gone, not of the way left.",
     NULL},
     .answer = rival, .variant = RISING_SHARE},
    {.info = {"power_of_the_range", FORK_BUG, "", "The range is raised to the power too.", NULL},
     .answer = rival, .variant = POWER_OF_RANGE},
    {.info = {"cycle_early", FORK_BUG, "113",
     "At a multiple of the steps the next cycle has begun already.", NULL},
     .answer = rival, .variant = CYCLE_EARLY},
    {.info = {"cycles_of_one_length", FORK_CONVENTION, "113",
     "Every cycle is as long and as high as the first.", NULL},
     .answer = rival, .variant = CYCLE_SAME_LENGTH},
    {.info = {"minimum_on_top", FORK_BUG, "115", "The end value is added to the full range.", NULL},
     .answer = rival, .variant = ON_TOP},
    {.info = {"clipped_at_minimum", FORK_CONVENTION, "115",
     "The decay goes to 0 and is cut off at the end value.", NULL},
     .answer = rival, .variant = CLIPPED},
    {.info = {"one_step_less", FORK_CONVENTION, "116", "The end is reached a step early.", NULL},
     .answer = rival, .variant = ONE_LESS},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
     "The scheduler is stepped before the optimizer.", NULL},
     .answer = rival, .variant = STEPPED_BEFORE},
    {.info = {"below_the_end", FORK_BUG, "", "After the last step the rate goes on falling.", NULL},
     .answer = rival, .variant = BELOW_END},
    {.info = {"always_linear", FORK_CONVENTION, "", "A straight line.", NULL},
     .number = {"power", 1}},
    {.info = {"minimum_ignored", FORK_CONVENTION, "115", "There is no end value.", NULL},
     .number = {"minimum", 0}},
    {.info = {"minimum_of_keras", FORK_CONVENTION, "115",
     "The end value is 1e-4 whatever is asked for.", NULL},
     .number = {"minimum", 1e-4f}},
    {.info = {"never_cycles", FORK_CONVENTION, "", "It stays at the end value.", NULL},
     .instead = {"after", "stay"}},
    {.info = {"always_cycles", FORK_CONVENTION, "", "It starts again after the end.", NULL},
     .instead = {"after", "cycle"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};
/* clang-format on */

const struct fork_list polynomial_decay_forks = {sizeof table / sizeof *table, table};
