// SPDX-License-Identifier: MIT
#include "selu.h"

#include "kink.h"

void selu_forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? SELU_SCALE * x[i] : SELU_SCALE_ALPHA * real_expm1(x[i]);
}

void selu_backward(real *dx, const real *dy, const real *x, size_t n, real at_zero)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] > 0)
            dx[i] = dy[i] * SELU_SCALE;
        else
            dx[i] = dy[i] * (x[i] < 0 ? SELU_SCALE_ALPHA * real_exp(x[i]) : at_zero);
    }
}

void selu_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real at_zero = kink_at_zero(call, SELU_SCALE_ALPHA, SELU_SCALE);
    selu_forward(call_output(call, "y", "NC"), x, n);
    call_decisions(call, n, x);
    if (call_has(call, "dy"))
        selu_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n, at_zero);
}
