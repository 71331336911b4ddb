// SPDX-License-Identifier: MIT
#include "log_softmax.h"

void log_softmax_forward(real *y, real *p, const real *x, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        const real *x_n = &x[n * C];
        real m = x_n[0];
        for (size_t k = 1; k < C; k++)
            m = x_n[k] > m ? x_n[k] : m;
        for (size_t k = 0; k < C; k++)
            p[n * C + k] = real_exp(x_n[k] - m);
        real s = sum_features(C, &p[n * C], 1);
        real log_s = real_log(s);
        for (size_t k = 0; k < C; k++) {
            y[n * C + k] = (x_n[k] - m) - log_s;
            p[n * C + k] = p[n * C + k] / s;
        }
    }
}

void log_softmax_backward(real *dx, const real *dy, const real *p, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        real total = sum_features(C, &dy[n * C], 1);
        for (size_t i = n * C; i < (n + 1) * C; i++)
            dx[i] = dy[i] - p[i] * total;
    }
}

void log_softmax_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    if (C == 0)
        call_fail(call, "input 'x' has no classes");
    real *p = call_scratch(call, N * C);
    log_softmax_forward(call_output(call, "y", "NC"), p, x, N, C);
    if (call_has(call, "dy"))
        log_softmax_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), p, N, C);
}
