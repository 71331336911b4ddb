// SPDX-License-Identifier: MIT
#include "soft_shrink.h"

void soft_shrink_forward(real *y, const real *x, size_t n, real lambda)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = x[i] > lambda ? x[i] - lambda : x[i] < -lambda ? x[i] + lambda : 0;
    }
}

void soft_shrink_backward(real *dx, const real *dy, const real *x, size_t n, real lambda,
                          real at_threshold)
{
    for (size_t i = 0; i < n; i++) {
        real size = real_abs(x[i]);
        dx[i] = size < lambda ? 0 : size > lambda ? dy[i] : dy[i] * at_threshold;
    }
}

real soft_shrink_lambda_of(struct call *call)
{
    real lambda = call_number_or(call, "lambda", R(0.5));
    if (!(lambda >= 0))
        call_fail(call, "number 'lambda' is negative");
    return lambda;
}

real soft_shrink_at_threshold_of(struct call *call)
{
    static const char *const options[] = {"zero", "one", "mean", NULL};
    const real slope[] = {R(0.0), R(1.0), R(0.5)};
    return slope[call_choice(call, "derivative_at_threshold", options)];
}

void soft_shrink_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real lambda = soft_shrink_lambda_of(call), *distance = call_scratch(call, 2 * n);
    real at_threshold = soft_shrink_at_threshold_of(call);
    for (size_t i = 0; i < n; i++) {
        distance[2 * i] = x[i] - lambda;
        distance[2 * i + 1] = x[i] + lambda;
    }
    call_decisions(call, 2 * n, distance);
    soft_shrink_forward(call_output(call, "y", "NC"), x, n, lambda);
    if (call_has(call, "dy"))
        soft_shrink_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n,
                             lambda, at_threshold);
}
