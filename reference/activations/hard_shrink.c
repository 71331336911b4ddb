// SPDX-License-Identifier: MIT
#include "hard_shrink.h"

int hard_shrink_keeps(real x, real lambda, int keep)
{
    return real_abs(x) > lambda || (keep && real_abs(x) == lambda);
}

void hard_shrink_forward(real *y, const real *x, size_t n, real lambda, int keep)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = hard_shrink_keeps(x[i], lambda, keep) ? x[i] : 0;
    }
}

void hard_shrink_backward(real *dx, const real *dy, const real *x, size_t n, real lambda, int keep)
{
    for (size_t i = 0; i < n; i++) {
        dx[i] = hard_shrink_keeps(x[i], lambda, keep) ? dy[i] : 0;
    }
}

real hard_shrink_lambda_of(struct call *call)
{
    real lambda = call_number_or(call, "lambda", R(0.5));
    if (!(lambda >= 0))
        call_fail(call, "number 'lambda' is negative");
    return lambda;
}

int hard_shrink_keep_of(struct call *call)
{
    static const char *const options[] = {"zero", "keep", NULL};
    return call_choice(call, "at_threshold", options);
}

void hard_shrink_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real lambda = hard_shrink_lambda_of(call), *distance = call_scratch(call, 2 * n);
    int keep = hard_shrink_keep_of(call);
    for (size_t i = 0; i < n; i++) {
        distance[2 * i] = x[i] - lambda;
        distance[2 * i + 1] = x[i] + lambda;
    }
    call_decisions(call, 2 * n, distance);
    hard_shrink_forward(call_output(call, "y", "NC"), x, n, lambda, keep);
    if (call_has(call, "dy"))
        hard_shrink_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n,
                             lambda, keep);
}
