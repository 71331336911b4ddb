// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/colour.h"
#include "../fork.h"

enum {
    FROM_THE_END,
    OTHER_METHOD,
    FIRST_FOR_ALL,
    FIRST_CHANNEL,
    CLIPPED_GRADIENT,
    UNSCALED_GRADIENT,
    SUBTRACTED,
    BOUND_PASSES,
    LOWER_END_ALONE
};

static void rival(struct call *call)
{
    static const char *const methods[] = {"add", "multiply", NULL};
    int multiply = call_choice(call, "method", methods), variant = call_variant(call);
    struct colour is = colour_read(call);
    if (variant == OTHER_METHOD)
        multiply = !multiply;
    for (size_t i = is.N * is.C * is.pixels; i-- > 0;) {
        size_t plane = i / is.pixels;
        real factor = is.factor[variant == FIRST_FOR_ALL ? 0 : plane / is.C];
        if (variant == SUBTRACTED)
            factor = -factor;
        if (variant == FIRST_CHANNEL && plane % is.C > 0)
            factor = multiply ? 1 : 0;
        real v = multiply ? is.x[i] * factor : factor + is.x[i];
        int low = is.clip && (variant == BOUND_PASSES ? v < is.low : v <= is.low);
        int high = is.clip && (variant == BOUND_PASSES ? v > is.high : v >= is.high);
        high = high && variant != LOWER_END_ALONE;
        is.y[i] = low ? is.low : high ? is.high : v;
        real slope = multiply && variant != UNSCALED_GRADIENT ? factor : 1;
        is.dx[i] = (low || high) && variant != CLIPPED_GRADIENT ? 0 : is.dy[i] * slope;
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"from_the_end", FORK_TWIN, "", "The last pixel first, operands exchanged.", NULL},
     .answer = rival, .variant = FROM_THE_END},
    {.info = {"other_method", FORK_CONVENTION, "",
     "Multiplied where it is to be added, and the reverse.", NULL}, .answer = rival,
     .variant = OTHER_METHOD},
    {.info = {"first_factor_for_all", FORK_CONVENTION, "",
     "All images share the factor of the first.", NULL}, .answer = rival, .variant = FIRST_FOR_ALL},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the first channel is changed.", NULL},
     .answer = rival, .variant = FIRST_CHANNEL},
    {.info = {"gradient_through_the_bounds", FORK_BUG, "", "Clipped pixels pass their gradient.",
     NULL}, .answer = rival, .variant = CLIPPED_GRADIENT},
    {.info = {"gradient_not_scaled", FORK_BUG, "", "The factor is forgotten in the gradient.",
     NULL}, .answer = rival, .variant = UNSCALED_GRADIENT},
    {.info = {"subtracted", FORK_BUG, "", "The sign of the factor.", NULL}, .answer = rival,
     .variant = SUBTRACTED},
    {.info = {"bounds_pass", FORK_CONVENTION, "", "A value exactly on a bound passes its gradient.",
     NULL}, .answer = rival, .variant = BOUND_PASSES},
    {.info = {"lower_end_alone", FORK_BUG, "", "White is not clipped.", NULL}, .answer = rival,
     .variant = LOWER_END_ALONE},
    {.info = {"never_clipped", FORK_CONVENTION, "", "Nothing is clipped.", NULL},
     .instead = {"clip", "no"}},
    {.info = {"always_clipped", FORK_CONVENTION, "", "Clipped whatever is asked for.", NULL},
     .instead = {"clip", "yes"}},
    {.info = {"clipped_to_one", FORK_BUG, "", "The upper end is 1 whatever is asked for.", NULL},
     .number = {"high", 1}},
    /* clang-format on */
};

const struct fork_list brightness_forks = {sizeof table / sizeof *table, table};
