// SPDX-License-Identifier: MIT
#include "tanh_shrink.h"

void tanh_shrink_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = x[i] - real_tanh(x[i]);
    }
}

void tanh_shrink_backward(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real t = real_tanh(x[i]);
        dx[i] = dy[i] * (t * t);
    }
}

void tanh_shrink_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');

    tanh_shrink_forward(call_output(call, "y", "NC"), x, n);
    if (call_has(call, "dy"))
        tanh_shrink_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n);
}
