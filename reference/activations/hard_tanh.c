// SPDX-License-Identifier: MIT
#include "hard_tanh.h"

void hard_tanh_forward(real *y, const real *x, size_t n, real min, real max)
{
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] < min ? min : x[i] > max ? max : x[i];
}

void hard_tanh_backward(real *dx, const real *dy, const real *x, size_t n, real min, real max,
                        real at_bounds)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] < min || x[i] > max)
            dx[i] = 0;
        else
            dx[i] = x[i] > min && x[i] < max ? dy[i] : dy[i] * at_bounds;
    }
}

void hard_tanh_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real min = call_number_or(call, "min", R(-1.0)), max = call_number_or(call, "max", R(1.0));
    if (!(min < max))
        call_fail(call, "number 'min' must be below number 'max'");
    real at_bounds = kink_between(kink_at_bounds(call), R(0.0), R(1.0));
    hard_tanh_forward(call_output(call, "y", "NC"), x, n, min, max);
    real *distance = call_scratch(call, 2 * n);
    for (size_t i = 0; i < n; i++) {
        distance[2 * i] = x[i] - min;
        distance[2 * i + 1] = x[i] - max;
    }
    call_decisions(call, 2 * n, distance);
    if (call_has(call, "dy"))
        hard_tanh_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n, min,
                           max, at_bounds);
}
