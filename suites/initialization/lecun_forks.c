// SPDX-License-Identifier: MIT
#include "../../reference/initialization/initialization.h"
#include "../fork.h"

enum { INVERSE_ROOT, HE, GLOROT, INVERSE, NOT_CORRECTED, WINDOW_IGNORED, CORRECTED_ALWAYS, TIMES };

static void rival(struct call *call)
{
    static const char *const distributions[] = {"normal", "truncated_normal", "uniform", NULL};
    static const char *const fans[] = {"fan_in", "fan_out", NULL};
    int distribution = call_choice(call, "distribution", distributions);
    int outgoing = call_choice(call, "fan", fans), variant = call_variant(call);
    struct initial_weights weights = initial_weights_read(call);
    real fan = real_count(outgoing ? weights.fan_out : weights.fan_in);
    real correction = truncated_normal_correction(INITIAL_TRUNCATED_NORMAL);
    if (variant == GLOROT)
        fan = real_count(weights.fan_in + weights.fan_out) / 2;
    if (variant == WINDOW_IGNORED)
        fan *= real_count(call_size(call, 'I')) / real_count(weights.fan_in);
    real divisor = variant == INVERSE ? fan : real_sqrt(fan);
    if (variant == HE)
        divisor /= real_sqrt(2);
    if (distribution == 2)
        divisor /= real_sqrt(3);
    if ((distribution == 1 && variant != NOT_CORRECTED) || variant == CORRECTED_ALWAYS)
        divisor *= variant == TIMES ? 1 / correction : correction;
    for (size_t i = 0; i < weights.count; i++)
        weights.w[i] = weights.deviate[i] / divisor;
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"inverse_root", FORK_TWIN, "", "Divides by the root of the fan.", NULL},
     .answer = rival, .variant = INVERSE_ROOT},
    {.info = {"he", FORK_CONVENTION, "233", "He's gain: twice the variance.", NULL},
     .answer = rival, .variant = HE},
    {.info = {"glorot", FORK_CONVENTION, "", "The mean of both fans: Glorot's.", NULL},
     .answer = rival, .variant = GLOROT},
    {.info = {"inverse", FORK_BUG, "", "The variance is taken for the deviation.", NULL},
     .answer = rival, .variant = INVERSE},
    {.info = {"not_corrected", FORK_CONVENTION, "231",
     "The cut normal is not divided by its deviation 0.8796.", NULL}, .answer = rival,
     .variant = NOT_CORRECTED},
    {.info = {"corrected_always", FORK_BUG, "231",
     "Every distribution is corrected as if it were cut.", NULL}, .answer = rival,
     .variant = CORRECTED_ALWAYS},
    {.info = {"corrected_the_other_way", FORK_BUG, "231", "Multiplied by 0.8796.", NULL},
     .answer = rival, .variant = TIMES},
    {.info = {"window_ignored", FORK_BUG, "233", "The fan of a convolution counts channels only.",
     NULL}, .answer = rival, .variant = WINDOW_IGNORED},
    {.info = {"fan_in_always", FORK_CONVENTION, "233", "fan_in whatever is asked for.", NULL},
     .instead = {"fan", "fan_in"}},
    {.info = {"fan_out_always", FORK_CONVENTION, "233", "fan_out whatever is asked for.", NULL},
     .instead = {"fan", "fan_out"}},
    {.info = {"always_normal", FORK_BUG, "233",
     "The uniform's half width lacks the square root of 3.", NULL}, .instead = {"distribution",
     "normal"}},
    {.info = {"always_uniform", FORK_BUG, "",
     "The normal's deviation has a square root of 3 too many.", NULL}, .instead = {"distribution",
     "uniform"}},
    /* clang-format on */
};

const struct fork_list lecun_forks = {sizeof table / sizeof *table, table};
