// SPDX-License-Identifier: MIT
#include "gradient_clipping_by_value.h"

struct limits clipping_limits(struct call *call)
{
    real limit = call_number_or(call, "limit", R(0.0));
    if (!(limit >= 0))
        call_fail(call, "number 'limit' must not be below 0");
    struct limits limits = {-limit, limit};
    if (limit == 0) {
        limits.low = call_number(call, "low");
        limits.high = call_number(call, "high");
    }
    if (!(limits.low <= limits.high))
        call_fail(call, "number 'low' must not be above number 'high'");
    return limits;
}

void gradient_clipping_by_value(real *clipped, const real *g, struct limits limits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        clipped[i] = g[i];
        if (g[i] < limits.low)
            clipped[i] = limits.low;
        if (g[i] > limits.high)
            clipped[i] = limits.high;
    }
}

void gradient_clipping_by_value_answer(struct call *call)
{
    struct limits limits = clipping_limits(call);
    const real *g = call_input(call, "g", "P");
    gradient_clipping_by_value(call_output(call, "clipped", "P"), g, limits, call_size(call, 'P'));
}
