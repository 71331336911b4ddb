// SPDX-License-Identifier: MIT
#include "../../reference/initialization/initialization.h"
#include "../fork.h"

enum {
    WEIGHTED_ENDS,
    UNIT_RANGE,
    LOW_IGNORED,
    HIGH_FOR_WIDTH,
    CENTRED_AT_ZERO,
    LIMIT_FOR_WIDTH,
    DEVIATE_SIGNED,
    REVERSED,
    FAN_OUT,
    WINDOW_IGNORED,
    VARIANCE_OF_FAN,
    INVERSE_FAN
};

static real fan_limit(struct call *call, const struct initial_weights *weights, int variant)
{
    real fan = real_count(variant == FAN_OUT ? weights->fan_out : weights->fan_in);
    if (variant == WINDOW_IGNORED)
        fan = real_count(call_size(call, 'I'));
    if (variant == INVERSE_FAN)
        return 1 / fan;
    return real_sqrt((variant == VARIANCE_OF_FAN ? 3 : 1) / fan);
}

static void rival(struct call *call)
{
    static const char *const ranges[] = {"stated", "limit", "fan_in", NULL};
    int range = call_choice(call, "range", ranges), variant = call_variant(call);
    struct initial_weights weights = initial_weights_read(call);
    real low = call_number_or(call, "low", R(-1.0)), high = call_number_or(call, "high", R(1.0));
    if (range > 0) {
        high = range == 1 ? call_number(call, "limit") : fan_limit(call, &weights, variant);
        low = variant == LIMIT_FOR_WIDTH ? -high / 2 : -high;
        high = variant == LIMIT_FOR_WIDTH ? high / 2 : high;
    }
    for (size_t i = 0; i < weights.count; i++) {
        real u = weights.deviate[i], width = high - low;
        switch (variant) {
        case UNIT_RANGE:
            weights.w[i] = u;
            break;
        case LOW_IGNORED:
            weights.w[i] = width * u;
            break;
        case HIGH_FOR_WIDTH:
            weights.w[i] = low + high * u;
            break;
        case CENTRED_AT_ZERO:
            weights.w[i] = width * (u - R(0.5));
            break;
        case DEVIATE_SIGNED:
            weights.w[i] = low + width * (u + 1) / 2;
            break;
        case REVERSED:
            weights.w[i] = high - width * u;
            break;
        default:
            weights.w[i] = (1 - u) * low + u * high;
            break;
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"weighted_ends", FORK_TWIN, "", "A weighted mean of both ends.", NULL},
     .answer = rival, .variant = WEIGHTED_ENDS},
    {.info = {"unit_range", FORK_BUG, "", "The uniform numbers themselves: all weights positive.",
     NULL}, .answer = rival, .variant = UNIT_RANGE},
    {.info = {"low_ignored", FORK_BUG, "", "Scaled, but not moved: the range begins at 0.", NULL},
     .answer = rival, .variant = LOW_IGNORED},
    {.info = {"high_for_width", FORK_BUG, "", "low + high u: the end is taken for the width.",
     NULL}, .answer = rival, .variant = HIGH_FOR_WIDTH},
    {.info = {"centred_at_zero", FORK_BUG, "", "The right width around 0.", NULL}, .answer = rival,
     .variant = CENTRED_AT_ZERO},
    {.info = {"limit_for_width", FORK_CONVENTION, "", "The limit is the whole width.", NULL},
     .answer = rival, .variant = LIMIT_FOR_WIDTH},
    {.info = {"deviate_signed", FORK_CONVENTION, "",
     "The uniform numbers are taken to lie in [-1, 1).", NULL}, .answer = rival,
     .variant = DEVIATE_SIGNED},
    {.info = {"reversed", FORK_CONVENTION, "", "Counted from the upper end.", NULL},
     .answer = rival, .variant = REVERSED},
    {.info = {"fan_out", FORK_CONVENTION, "233", "The number of outputs, not of inputs.", NULL},
     .answer = rival, .variant = FAN_OUT},
    {.info = {"window_ignored", FORK_BUG, "", "The fan of a convolution counts channels only.",
     NULL}, .answer = rival, .variant = WINDOW_IGNORED},
    {.info = {"variance_of_fan", FORK_CONVENTION, "233",
     "The variance is 1 / fan_in, as LeCun's, not the limit's square.", NULL}, .answer = rival,
     .variant = VARIANCE_OF_FAN},
    {.info = {"inverse_fan", FORK_BUG, "", "The root of the fan is forgotten.", NULL},
     .answer = rival, .variant = INVERSE_FAN},
    {.info = {"stated_always", FORK_BUG, "",
     "The range is [-1, 1) or what is stated, whatever the fan.", NULL}, .instead = {"range",
     "stated"}},
    /* clang-format on */
};

const struct fork_list uniform_initialization_forks = {sizeof table / sizeof *table, table};
