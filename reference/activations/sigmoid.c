// SPDX-License-Identifier: MIT
#include "sigmoid.h"

void sigmoid_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real e = real_exp(-real_abs(x[i]));
        y[i] = x[i] < 0 ? e / (1 + e) : 1 / (1 + e);
    }
}

void sigmoid_backward(real *dx, const real *dy, const real *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * y[i] * (1 - y[i]);
}

void sigmoid_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real *y = call_output(call, "y", "NC");
    sigmoid_forward(y, x, n);
    if (call_has(call, "dy"))
        sigmoid_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), y, n);
}
