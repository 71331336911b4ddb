// SPDX-License-Identifier: MIT
#include "log_sigmoid.h"

void log_sigmoid_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = (x[i] < 0 ? x[i] : 0) - real_log1p(real_exp(-real_abs(x[i])));
    }
}

void log_sigmoid_backward(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real e = real_exp(-real_abs(x[i]));
        dx[i] = dy[i] * ((x[i] < 0 ? 1 : e) / (1 + e));
    }
}

void log_sigmoid_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');

    log_sigmoid_forward(call_output(call, "y", "NC"), x, n);
    if (call_has(call, "dy"))
        log_sigmoid_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n);
}
