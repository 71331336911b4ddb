// SPDX-License-Identifier: MIT
#include "hard_sigmoid.h"

void hard_sigmoid_forward(real *y, const real *x, size_t n, const struct hard_sigmoid_rules *rules)
{
    for (size_t i = 0; i < n; i++) {
        real t = rules->slope * x[i] + rules->offset;
        y[i] = t < 0 ? 0 : t > 1 ? 1 : t;
    }
}

void hard_sigmoid_backward(real *dx, const real *dy, const real *x, size_t n,
                           const struct hard_sigmoid_rules *rules)
{
    for (size_t i = 0; i < n; i++) {
        real t = rules->slope * x[i] + rules->offset;
        if (t < 0 || t > 1)
            dx[i] = 0;
        else
            dx[i] = dy[i] * (t > 0 && t < 1 ? rules->slope : rules->at_bounds);
    }
}

struct hard_sigmoid_rules hard_sigmoid_rules_of(struct call *call)
{
    struct hard_sigmoid_rules rules = {.slope = call_number_or(call, "slope", R(1.0) / 6),
                                       .offset = call_number_or(call, "offset", R(0.5))};
    if (!(rules.slope > 0))
        call_fail(call, "number 'slope' must be above 0");
    rules.at_bounds = kink_between(kink_at_bounds(call), R(0.0), rules.slope);
    return rules;
}

void hard_sigmoid_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    struct hard_sigmoid_rules rules = hard_sigmoid_rules_of(call);
    hard_sigmoid_forward(call_output(call, "y", "NC"), x, n, &rules);
    real *distance = call_scratch(call, 2 * n);
    for (size_t i = 0; i < n; i++) {
        distance[2 * i] = rules.slope * x[i] + rules.offset;
        distance[2 * i + 1] = distance[2 * i] - 1;
    }
    call_decisions(call, 2 * n, distance);
    if (call_has(call, "dy"))
        hard_sigmoid_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n,
                              &rules);
}
