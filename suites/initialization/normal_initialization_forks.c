// SPDX-License-Identifier: MIT
#include "../../reference/initialization/initialization.h"
#include "../fork.h"

enum {
    THROUGH_ZERO,
    VARIANCE_FOR_DEVIATION,
    ROOT_FOR_DEVIATION,
    MEAN_IGNORED,
    MEAN_SCALED,
    MEAN_MULTIPLIED,
    DIVIDED,
    UNSCALED,
    NEGATED,
    FAN_SCALED
};

static real weight(int variant, real mean, real deviation, real u)
{
    switch (variant) {
    case VARIANCE_FOR_DEVIATION:
        return mean + deviation * deviation * u;
    case ROOT_FOR_DEVIATION:
        return mean + real_sqrt(deviation) * u;
    case MEAN_IGNORED:
        return deviation * u;
    case MEAN_SCALED:
        return deviation * (mean + u);
    case MEAN_MULTIPLIED:
        return mean * deviation * u;
    case DIVIDED:
        return mean + u / deviation;
    case UNSCALED:
        return mean + u;
    case NEGATED:
        return mean - deviation * u;
    default:
        return deviation * (u + mean / deviation); /* the mean in units of the deviation */
    }
}

static void rival(struct call *call)
{
    static const char *const spreads[] = {"deviation", "variance", NULL};
    int squared = call_choice(call, "spread", spreads), variant = call_variant(call);
    real mean = call_number_or(call, "mean", R(0.0));
    real spread = call_number_or(call, squared ? "variance" : "standard_deviation", R(1.0));
    struct initial_weights weights = initial_weights_read(call);
    real deviation = squared ? real_sqrt(spread) : spread;
    if (variant == FAN_SCALED)
        deviation /= real_sqrt(real_count(weights.fan_in));
    for (size_t i = 0; i < weights.count; i++)
        weights.w[i] = weight(variant, mean, deviation, weights.deviate[i]);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"through_zero", FORK_TWIN, "",
     "The mean in units of the deviation, before the scaling.", NULL}, .answer = rival,
     .variant = THROUGH_ZERO},
    {.info = {"variance_for_deviation", FORK_CONVENTION, "",
     "Scaled by the variance: the deviation squared.", NULL}, .answer = rival,
     .variant = VARIANCE_FOR_DEVIATION},
    {.info = {"root_for_deviation", FORK_CONVENTION, "", "The deviation is taken for a variance.",
     NULL}, .answer = rival, .variant = ROOT_FOR_DEVIATION},
    {.info = {"mean_ignored", FORK_BUG, "234", "The weights stay around 0.", NULL}, .answer = rival,
     .variant = MEAN_IGNORED},
    {.info = {"mean_scaled", FORK_BUG, "234", "The mean is added before the scaling.", NULL},
     .answer = rival, .variant = MEAN_SCALED},
    {.info = {"mean_multiplied", FORK_BUG, "", "The mean multiplies.", NULL}, .answer = rival,
     .variant = MEAN_MULTIPLIED},
    {.info = {"divided", FORK_BUG, "", "Divided by the deviation, as when standardising.", NULL},
     .answer = rival, .variant = DIVIDED},
    {.info = {"unscaled", FORK_BUG, "", "A deviation of 1: the 0.01 is forgotten.", NULL},
     .answer = rival, .variant = UNSCALED},
    {.info = {"negated", FORK_BUG, "", "The deviates are subtracted.", NULL}, .answer = rival,
     .variant = NEGATED},
    {.info = {"fan_scaled", FORK_CONVENTION, "", "Divided by the root of fan_in besides.", NULL},
     .answer = rival, .variant = FAN_SCALED},
    {.info = {"always_deviation", FORK_BUG, "", "A variance is not seen: the deviation is 1.",
     NULL}, .instead = {"spread", "deviation"}},
    /* clang-format on */
};

const struct fork_list normal_initialization_forks = {sizeof table / sizeof *table, table};
