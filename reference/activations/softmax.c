// SPDX-License-Identifier: MIT
#include "softmax.h"

void softmax_forward(real *y, const real *x, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        const real *x_c = &x[n * C];
        real *y_c = &y[n * C];
        real m = x_c[0];
        for (size_t k = 1; k < C; k++)
            m = x_c[k] > m ? x_c[k] : m;
        for (size_t k = 0; k < C; k++)
            y_c[k] = real_exp(x_c[k] - m);
        real s = sum_features(C, y_c, 1);
        for (size_t k = 0; k < C; k++)
            y_c[k] = y_c[k] / s;
    }
}

void softmax_backward(real *dx, const real *dy, const real *y, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        const real *y_c = &y[n * C], *dy_c = &dy[n * C];
        real mean = sum_products(R(0.0), C, dy_c, 1, y_c, 1);
        for (size_t k = 0; k < C; k++)
            dx[n * C + k] = y_c[k] * (dy_c[k] - mean);
    }
}

void softmax_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    if (C == 0)
        call_fail(call, "input 'x' has no classes");
    real *y = call_output(call, "y", "NC");
    softmax_forward(y, x, N, C);
    if (call_has(call, "dy"))
        softmax_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), y, N, C);
}
