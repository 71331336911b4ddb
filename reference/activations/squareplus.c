// SPDX-License-Identifier: MIT
#include "squareplus.h"

#include "kink.h"

/* sqrt(x^2 + c^2) without the squares, c >= 0. */
static real root(real x, real c)
{
    real a = real_abs(x);
    real big = a > c ? a : c, small = a > c ? c : a;
    if (big == 0)
        return 0;
    real q = small / big;
    return big * real_sqrt(1 + q * q);
}

void squareplus_forward(real *y, const real *x, size_t n, real b)
{
    real c = real_sqrt(b);
    for (size_t i = 0; i < n; i++) {
        real r = root(x[i], c);
        y[i] = x[i] < 0 ? (b / 2) / (r - x[i]) : (x[i] + r) / 2;
    }
}

void squareplus_backward(real *dx, const real *dy, const real *x, const real *y, size_t n, real b,
                         real at_zero)
{
    real c = real_sqrt(b);
    for (size_t i = 0; i < n; i++) {
        real r = root(x[i], c);
        dx[i] = dy[i] * (r > 0 ? y[i] / r : at_zero);
    }
}

void squareplus_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real b = call_number_or(call, "b", R(4.0));
    if (!(b >= 0))
        call_fail(call, "number 'b' must not be negative");
    real at_zero = kink_at_zero(call, R(0.0), R(1.0));
    real *y = call_output(call, "y", "NC");
    squareplus_forward(y, x, n, b);
    if (b == 0)
        call_decisions(call, n, x);
    if (call_has(call, "dy"))
        squareplus_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, y, n, b,
                            at_zero);
}
