// SPDX-License-Identifier: MIT
#include "softsign.h"

void softsign_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = x[i] / (1 + real_abs(x[i]));
    }
}

void softsign_backward(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real d = 1 + real_abs(x[i]);
        dx[i] = dy[i] / d / d;
    }
}

void softsign_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    call_decisions(call, n, x);
    softsign_forward(call_output(call, "y", "NC"), x, n);
    if (call_has(call, "dy"))
        softsign_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n);
}
