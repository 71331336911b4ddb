// SPDX-License-Identifier: MIT
#include "euclidean_norm.h"

void euclidean_norm_forward(real *y, const real *x, real epsilon, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++)
        y[n] = real_sqrt(sum_products(R(0.0), C, &x[n * C], 1, &x[n * C], 1) + epsilon);
}

void euclidean_norm_backward(real *dx, const real *dy, const real *x, const real *y, size_t N,
                             size_t C)
{
    for (size_t n = 0; n < N; n++) {
        for (size_t c = 0; c < C; c++)
            dx[n * C + c] = y[n] > 0 ? dy[n] * x[n * C + c] / y[n] : 0;
    }
}

void euclidean_norm_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC"), *dy = call_input(call, "dy", "N");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    real epsilon = call_number_or(call, "epsilon", R(0.0));
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be below 0");
    real *y = call_output(call, "y", "N"), *dx = call_output(call, "dx", "NC");
    euclidean_norm_forward(y, x, epsilon, N, C);
    euclidean_norm_backward(dx, dy, x, y, N, C);
    call_decisions(call, N, y); /* whether the gradient is a quotient or 0 */
}
