// SPDX-License-Identifier: MIT
#include "hard_swish.h"

void hard_swish_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] <= -3)
            y[i] = 0;
        else
            y[i] = x[i] >= 3 ? x[i] : x[i] * (x[i] + 3) / 6;
    }
}

static real slope_at(real x, enum kink_bounds bounds)
{
    if (x == -3)
        return kink_between(bounds, R(0.0), R(-0.5));
    if (x == 3)
        return kink_between(bounds, R(1.0), R(1.5));
    return x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6;
}

void hard_swish_backward(real *dx, const real *dy, const real *x, size_t n, enum kink_bounds bounds)
{
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * slope_at(x[i], bounds);
}

void hard_swish_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    enum kink_bounds bounds = kink_at_bounds(call);
    hard_swish_forward(call_output(call, "y", "NC"), x, n);
    real *distance = call_scratch(call, 2 * n);
    for (size_t i = 0; i < n; i++) {
        distance[2 * i] = x[i] + 3;
        distance[2 * i + 1] = x[i] - 3;
    }
    call_decisions(call, 2 * n, distance);
    if (call_has(call, "dy"))
        hard_swish_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n,
                            bounds);
}
