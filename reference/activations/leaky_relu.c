// SPDX-License-Identifier: MIT
#include "leaky_relu.h"

#include "kink.h"

void leaky_relu_forward(real *y, const real *x, size_t n, real slope)
{
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? x[i] : slope * x[i];
}

void leaky_relu_backward(real *dx, const real *dy, const real *x, size_t n, real slope,
                         real at_zero)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] > 0)
            dx[i] = dy[i];
        else
            dx[i] = dy[i] * (x[i] < 0 ? slope : at_zero);
    }
}

void leaky_relu_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real slope = call_number_or(call, "slope", R(0.01));
    real at_zero = kink_at_zero(call, slope, R(1.0));
    leaky_relu_forward(call_output(call, "y", "NC"), x, n, slope);
    call_decisions(call, n, x);
    if (call_has(call, "dy"))
        leaky_relu_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n,
                            slope, at_zero);
}
