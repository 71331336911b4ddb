// SPDX-License-Identifier: MIT
#include "normal_initialization.h"
#include "initialization.h"

static real deviation_read(struct call *call)
{
    static const char *const spreads[] = {"deviation", "variance", NULL};
    int squared = call_choice(call, "spread", spreads);
    const char *name = squared ? "variance" : "standard_deviation";
    real stated = call_number_or(call, name, R(1.0));
    if (!(stated > 0))
        call_fail(call, "number '%s' must be above 0, or all weights are equal", name);
    return squared ? real_sqrt(stated) : stated;
}

void normal_initialization_answer(struct call *call)
{
    real mean = call_number_or(call, "mean", R(0.0)), deviation = deviation_read(call);
    struct initial_weights weights = initial_weights_read(call);
    for (size_t i = 0; i < weights.count; i++)
        weights.w[i] = mean + deviation * weights.deviate[i];
}
