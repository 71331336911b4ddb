// SPDX-License-Identifier: MIT
#include "uniform_initialization.h"
#include "initialization.h"

void uniform_initialization_answer(struct call *call)
{
    static const char *const ranges[] = {"stated", "limit", "fan_in", NULL};
    int range = call_choice(call, "range", ranges);
    struct initial_weights weights = initial_weights_read(call);
    real low, high;
    if (range == 0) {
        low = call_number_or(call, "low", R(-1.0));
        high = call_number_or(call, "high", R(1.0));
        if (!(low < high))
            call_fail(call, "number 'high' is not above 'low': the range is empty");
    } else {
        high = range == 1 ? call_number(call, "limit") : 1 / real_sqrt(real_count(weights.fan_in));
        if (!(high > 0))
            call_fail(call, "number 'limit' is half of a width, so it must be above 0");
        low = -high;
    }
    real width = high - low;
    for (size_t i = 0; i < weights.count; i++)
        weights.w[i] = low + width * weights.deviate[i];
}
