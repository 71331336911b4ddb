// SPDX-License-Identifier: MIT
#include "mish.h"

void mish_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real p = (x[i] > 0 ? x[i] : 0) + real_log1p(real_exp(-real_abs(x[i])));
        y[i] = x[i] * real_tanh(p);
    }
}

void mish_backward(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real e = real_exp(-real_abs(x[i]));
        real t = real_tanh((x[i] > 0 ? x[i] : 0) + real_log1p(e));
        real s = x[i] < 0 ? e / (1 + e) : 1 / (1 + e);
        dx[i] = dy[i] * (t + x[i] * ((1 - t * t) * s));
    }
}

void mish_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');

    mish_forward(call_output(call, "y", "NC"), x, n);
    if (call_has(call, "dy"))
        mish_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n);
}
