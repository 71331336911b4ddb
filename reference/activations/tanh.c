// SPDX-License-Identifier: MIT
#include "tanh.h"

void tanh_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = real_tanh(x[i]);
}

void tanh_backward(real *dx, const real *dy, const real *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * (1 - y[i] * y[i]);
}

void tanh_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real *y = call_output(call, "y", "NC");
    tanh_forward(y, x, n);
    if (call_has(call, "dy"))
        tanh_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), y, n);
}
