// SPDX-License-Identifier: MIT
#include "celu.h"

void celu_forward(real *y, const real *x, size_t n, real alpha)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = x[i] > 0 ? x[i] : alpha * real_expm1(x[i] / alpha);
    }
}

void celu_backward(real *dx, const real *dy, const real *x, size_t n, real alpha)
{
    for (size_t i = 0; i < n; i++) {
        dx[i] = x[i] > 0 ? dy[i] : dy[i] * real_exp(x[i] / alpha);
    }
}

real celu_alpha_of(struct call *call)
{
    real alpha = call_number_or(call, "alpha", R(1.0));
    if (!(alpha > 0))
        call_fail(call, "number 'alpha' must be above 0");
    return alpha;
}

void celu_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real alpha = celu_alpha_of(call);
    call_decisions(call, n, x);
    celu_forward(call_output(call, "y", "NC"), x, n, alpha);
    if (call_has(call, "dy"))
        celu_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n, alpha);
}
