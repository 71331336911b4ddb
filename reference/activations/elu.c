// SPDX-License-Identifier: MIT
#include "elu.h"

#include "kink.h"

void elu_forward(real *y, const real *x, size_t n, real alpha)
{
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? x[i] : alpha * real_expm1(x[i]);
}

void elu_backward(real *dx, const real *dy, const real *x, size_t n, real alpha, real at_zero)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] > 0)
            dx[i] = dy[i];
        else
            dx[i] = dy[i] * (x[i] < 0 ? alpha * real_exp(x[i]) : at_zero);
    }
}

void elu_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real alpha = call_number_or(call, "alpha", R(1.0));
    if (!(alpha >= 0))
        call_fail(call, "number 'alpha' must not be negative");
    real at_zero = kink_at_zero(call, alpha, R(1.0));
    elu_forward(call_output(call, "y", "NC"), x, n, alpha);
    call_decisions(call, n, x);
    if (call_has(call, "dy"))
        elu_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n, alpha,
                     at_zero);
}
