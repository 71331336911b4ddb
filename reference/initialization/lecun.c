// SPDX-License-Identifier: MIT
#include "lecun.h"
#include "initialization.h"

void lecun_answer(struct call *call)
{
    static const char *const distributions[] = {"normal", "truncated_normal", "uniform", NULL};
    static const char *const fans[] = {"fan_in", "fan_out", NULL};
    static const enum initial_distribution distribution[] = {
        INITIAL_NORMAL, INITIAL_TRUNCATED_NORMAL, INITIAL_UNIFORM};
    int chosen = call_choice(call, "distribution", distributions);
    int outgoing = call_choice(call, "fan", fans);
    struct initial_weights weights = initial_weights_read(call);
    real fan = real_count(outgoing ? weights.fan_out : weights.fan_in);
    real scale = real_sqrt((distribution[chosen] == INITIAL_UNIFORM ? 3 : 1) / fan);
    initial_weights_scale(&weights, scale / truncated_normal_correction(distribution[chosen]));
}
