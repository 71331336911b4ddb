// SPDX-License-Identifier: MIT
#include "silu.h"

void silu_gates(real *s, real *c, const real *x, real beta, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real t = beta * x[i];
        real e = real_exp(-real_abs(t));
        real large = 1 / (1 + e), small = e / (1 + e);
        s[i] = t < 0 ? small : large;
        c[i] = t < 0 ? large : small;
    }
}

void silu_forward(real *y, const real *x, const real *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] * s[i];
}

void silu_backward(real *dx, const real *dy, const real *x, const real *s, const real *c, real beta,
                   size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real t = beta * x[i];
        dx[i] = dy[i] * (s[i] * (1 + t * c[i]));
    }
}

real silu_beta_gradient(real *term, const real *dy, const real *x, const real *s, const real *c,
                        size_t N, size_t C, size_t block)
{
    for (size_t i = 0; i < N * C; i++)
        term[i] = dy[i] * ((x[i] * x[i]) * (s[i] * c[i]));
    for (size_t n = 0; n < N; n++)
        term[n] = sum_features(C, &term[n * C], 1); /* n <= n C: not needed any more */
    return sum_samples(N, block, term, 1);
}

void silu_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C'), block = call_block(call);
    int has_beta = call_has(call, "beta");
    real beta = has_beta ? *call_input(call, "beta", "") : R(1.0);
    real *s = call_scratch(call, N * C), *c = call_scratch(call, N * C);
    silu_gates(s, c, x, beta, N * C);
    silu_forward(call_output(call, "y", "NC"), x, s, N * C);
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NC");
    silu_backward(call_output(call, "dx", "NC"), dy, x, s, c, beta, N * C);
    if (has_beta)
        *call_output(call, "dbeta", "") =
            silu_beta_gradient(call_scratch(call, N * C), dy, x, s, c, N, C, block);
}
