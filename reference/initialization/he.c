// SPDX-License-Identifier: MIT
#include "he.h"
#include "initialization.h"

real he_scale(enum initial_distribution distribution, real negative_slope, size_t fan)
{
    real gain = real_sqrt(2 / (1 + negative_slope * negative_slope));
    real variance = distribution == INITIAL_UNIFORM ? R(3.0) : R(1.0);
    real scale = gain * real_sqrt(variance / real_count(fan));
    return scale / truncated_normal_correction(distribution);
}

void he_answer(struct call *call)
{
    static const char *const distributions[] = {"normal", "uniform", "truncated_normal", NULL};
    static const enum initial_distribution distribution[] = {INITIAL_NORMAL, INITIAL_UNIFORM,
                                                             INITIAL_TRUNCATED_NORMAL};
    static const char *const fans[] = {"fan_in", "fan_out", NULL};
    int chosen = call_choice(call, "distribution", distributions);
    int outgoing = call_choice(call, "fan", fans);
    struct initial_weights weights = initial_weights_read(call);
    real slope = call_number_or(call, "negative_slope", R(0.0));
    size_t fan = outgoing ? weights.fan_out : weights.fan_in;
    initial_weights_scale(&weights, he_scale(distribution[chosen], slope, fan));
}
