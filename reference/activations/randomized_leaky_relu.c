// SPDX-License-Identifier: MIT
#include "randomized_leaky_relu.h"

#include "kink.h"

struct rrelu rrelu_read(struct call *call)
{
    static const char *const forms[] = {"multiplied", "divided", NULL};
    static const char *const modes[] = {"train", "inference", NULL};
    struct rrelu rule = {.kink = kink_at_zero(call, R(0.0), R(1.0)),
                         .divided = call_choice(call, "form", forms),
                         .inference = call_choice(call, "mode", modes)};
    rule.lower = call_number_or(call, "lower", rule.divided ? R(3.0) : R(0.125));
    rule.upper = call_number_or(call, "upper", rule.divided ? R(8.0) : 1 / R(3.0));
    if (!(rule.upper >= rule.lower))
        call_fail(call, "number 'upper' is below number 'lower'");
    if (rule.divided && !(rule.lower > 0))
        call_fail(call, "number 'lower' is not above 0, with form divided");
    return rule;
}

real rrelu_slope(const struct rrelu *rule, real uniform)
{
    if (rule->inference)
        return (rule->lower + rule->upper) / 2;
    return rule->lower + (rule->upper - rule->lower) * uniform;
}

real rrelu_forward(const struct rrelu *rule, real x, real s)
{
    if (x > 0)
        return x;
    return rule->divided ? x / s : s * x;
}

real rrelu_backward(const struct rrelu *rule, real dy, real x, real s)
{
    if (x > 0 || (x == 0 && rule->kink == 1))
        return dy;
    if (x == 0 && rule->kink > 0)
        return dy * ((1 + (rule->divided ? 1 / s : s)) / 2);
    return rule->divided ? dy / s : dy * s;
}

const real *rrelu_draws(struct call *call, const struct rrelu *rule)
{
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    if (rule->inference)
        return call_scratch(call, n);
    const real *uniform = call_input(call, "uniform", "NC");
    for (size_t i = 0; i < n; i++)
        if (!(uniform[i] >= 0 && uniform[i] < 1))
            call_fail(call, "input 'uniform' has a draw outside [0, 1)");
    return uniform;
}

void randomized_leaky_relu_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC"), *dy = NULL;
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    struct rrelu rule = rrelu_read(call);
    const real *uniform = rrelu_draws(call, &rule);
    real *y = call_output(call, "y", "NC"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NC");
        dx = call_output(call, "dx", "NC");
    }
    call_decisions(call, n, x);
    for (size_t i = 0; i < n; i++) {
        real s = rrelu_slope(&rule, uniform[i]);
        y[i] = rrelu_forward(&rule, x[i], s);
        if (dy)
            dx[i] = rrelu_backward(&rule, dy[i], x[i], s);
    }
}
