// SPDX-License-Identifier: MIT
#include "mean_squared_error.h"

real mean_squared_error_forward(const real *y, const real *t, real f, real W, size_t N, size_t K,
                                size_t block, real *square_n, real *difference)
{
    for (size_t n = 0; n < N; n++) {
        for (size_t k = 0; k < K; k++)
            difference[k] = y[n * K + k] - t[n * K + k];
        square_n[n] = sum_products(R(0.0), K, difference, 1, difference, 1);
    }
    return sum_samples(N, block, square_n, 1) * f / W;
}

void mean_squared_error_backward(real *dy, real dloss, const real *y, const real *t, real f, real W,
                                 size_t N, size_t K)
{
    real scale = 2 * f / W;
    for (size_t i = 0; i < N * K; i++)
        dy[i] = scale * (y[i] - t[i]) * dloss;
}

void mean_squared_error_answer(struct call *call)
{
    static const char *const reductions[] = {"mean", "sum", "mean_of_sums", NULL};
    static const char *const halves[] = {"no", "yes", NULL};
    const real *y = call_input(call, "y", "NK");
    const real *t = call_input(call, "t", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K');
    if (N == 0 || K == 0)
        call_fail(call, "input 'y' has no elements: its mean is 0 / 0");
    const real divisor[] = {real_count(N * K), R(1.0), real_count(N)};
    real W = divisor[call_choice(call, "reduction", reductions)];
    real f = call_choice(call, "half", halves) ? R(0.5) : R(1.0);
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    *call_output(call, "loss", "") = mean_squared_error_forward(
        y, t, f, W, N, K, call_block(call), call_scratch(call, N), call_scratch(call, K));
    mean_squared_error_backward(call_output(call, "dy", "NK"), dloss, y, t, f, W, N, K);
}
