// SPDX-License-Identifier: MIT
#include "../../reference/gradients/power.h"
#include "../fork.h"

/* y as the square of x^(p/2), and the slope from x^(p-1) of its own. */
static void through_half(struct call *call)
{
    struct power w = power_read(call);
    for (size_t i = 0; i < w.N * w.C; i++) {
        real x = w.x[i], p = w.p[i % w.C];
        if (x > 0) {
            real root = real_exp(p / 2 * real_log(x));
            w.y[i] = root * root;
            w.dx[i] = p * real_exp((p - 1) * real_log(x)) * w.dy[i];
            w.dp[i % w.C] += w.dy[i] * (root * (real_log(x) * root));
        } else {
            w.y[i] = p > 0 ? R(0.0) : R(1.0);
            w.dx[i] = p > 0 && !(p > 1) ? w.dy[i] : 0;
        }
    }
}

enum mistake {
    QUOTIENT_AT_ZERO,
    LOGARITHM_OF_ZERO,
    ZERO_POWER_ZERO,
    FIRST_POWER_LOST,
    SLOPE_OF_ZERO_POWER,
    EXPONENT_FORGOTTEN,
    LOGARITHM_FORGOTTEN,
    VALUE_FORGOTTEN,
    UPSTREAM_IGNORED,
    MEAN,
    LAST_BLOCK_LOST
};

static void wrong_element(const struct power *w, enum mistake mistake, size_t i)
{
    real x = w->x[i], p = w->p[i % w->C], dy = w->dy[i], y = w->y[i];
    if (mistake == QUOTIENT_AT_ZERO)
        w->dx[i] = dy * p * y / x;
    else if (mistake == LOGARITHM_OF_ZERO)
        w->term[i] = dy * y * real_log(x);
    else if (mistake == ZERO_POWER_ZERO)
        w->y[i] = x > 0 ? y : 0;
    else if (mistake == FIRST_POWER_LOST)
        w->dx[i] = x > 0 ? w->dx[i] : 0;
    else if (mistake == SLOPE_OF_ZERO_POWER)
        w->dx[i] = x > 0 || p != 0 ? w->dx[i] : dy;
    else if (mistake == EXPONENT_FORGOTTEN)
        w->dx[i] = x > 0 ? dy * y / x : w->dx[i];
    else if (mistake == LOGARITHM_FORGOTTEN)
        w->term[i] = dy * y;
    else if (mistake == VALUE_FORGOTTEN)
        w->term[i] = x > 0 ? dy * real_log(x) : 0;
    else if (mistake == UPSTREAM_IGNORED)
        w->dx[i] = x > 0 ? p * y / x : w->dx[i];
    else if (mistake == MEAN)
        w->term[i] = w->term[i] / real_count(w->N);
    else if (mistake == LAST_BLOCK_LOST && i / w->C / w->block == (w->N - 1) / w->block)
        w->term[i] = 0;
}

static void wrong(struct call *call)
{
    struct power w = power_read(call);
    power_elements(&w);
    for (size_t i = 0; i < w.N * w.C; i++)
        wrong_element(&w, (enum mistake)call_variant(call), i);
    power_sums(&w);
}

static const struct fork table[] = {
    {.info = {"through_half", FORK_TWIN, "", "The square of half the power.", NULL},
     .answer = through_half},
    {.info = {"quotient_at_zero", FORK_NUMERICAL, "208 206", "p y / x at 0: NaN.", NULL},
     .answer = wrong,
     .variant = QUOTIENT_AT_ZERO},
    {.info = {"logarithm_of_zero", FORK_NUMERICAL, "208 206", "0 times log 0: NaN.", NULL},
     .answer = wrong,
     .variant = LOGARITHM_OF_ZERO},
    {.info = {"zero_power_zero", FORK_BUG, "208", "0^0 is 0.", NULL},
     .answer = wrong,
     .variant = ZERO_POWER_ZERO},
    {.info = {"first_power_lost", FORK_BUG, "208", "0^1 has no slope.", NULL},
     .answer = wrong,
     .variant = FIRST_POWER_LOST},
    {.info = {"slope_of_zero_power", FORK_BUG, "208", "0^0 has a slope.", NULL},
     .answer = wrong,
     .variant = SLOPE_OF_ZERO_POWER},
    {.info = {"exponent_forgotten", FORK_BUG, "", "dx lacks the exponent.", NULL},
     .answer = wrong,
     .variant = EXPONENT_FORGOTTEN},
    {.info = {"logarithm_forgotten", FORK_BUG, "", "dp lacks the logarithm.", NULL},
     .answer = wrong,
     .variant = LOGARITHM_FORGOTTEN},
    {.info = {"value_forgotten", FORK_BUG, "", "dp lacks the value.", NULL},
     .answer = wrong,
     .variant = VALUE_FORGOTTEN},
    {.info = {"upstream_ignored", FORK_BUG, "", "dx lacks the upstream.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"mean", FORK_CONVENTION, "", "dp is a mean over the samples.", NULL},
     .answer = wrong,
     .variant = MEAN},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not in dp.", NULL},
     .answer = wrong,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list power_forks = {sizeof table / sizeof *table, table};
