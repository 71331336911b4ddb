// SPDX-License-Identifier: MIT
#include "gelu.h"

static const real sqrt_half = R(0.70710678118654752440084436210484904);
static const real sqrt_eight_over_pi = R(1.59576912160573071175978423973752747);
static const real density_at_zero = R(0.39894228040143267793994605993438187);

/* u of an approximation by the logistic function, s(u), s(-u) and the derivative of u. */
struct logistic {
    real s, other, slope;
};

static struct logistic logistic_of(real x, enum gelu_approximation approximation)
{
    real u = R(1.702) * x, slope = R(1.702);
    if (approximation == GELU_TANH) {
        u = sqrt_eight_over_pi * (x + R(0.044715) * (x * x * x));
        slope = sqrt_eight_over_pi * (1 + R(0.134145) * (x * x));
    }
    real e = real_exp(-real_abs(u)), large = 1 / (1 + e), small = e / (1 + e);
    return u < 0 ? (struct logistic){small, large, slope} : (struct logistic){large, small, slope};
}

static real distribution(real x)
{
    return R(0.5) * real_erfc(-(x * sqrt_half));
}

void gelu_forward(real *y, const real *x, size_t n, enum gelu_approximation approximation)
{
    for (size_t i = 0; i < n; i++) {
        if (approximation == GELU_NONE)
            y[i] = x[i] * distribution(x[i]);
        else
            y[i] = x[i] * logistic_of(x[i], approximation).s;
    }
}

void gelu_backward(real *dx, const real *dy, const real *x, size_t n,
                   enum gelu_approximation approximation)
{
    for (size_t i = 0; i < n; i++) {
        if (approximation == GELU_NONE) {
            real density = real_exp(x[i] * x[i] * R(-0.5)) * density_at_zero;
            dx[i] = dy[i] * (distribution(x[i]) + x[i] * density);
        } else {
            struct logistic l = logistic_of(x[i], approximation);
            dx[i] = dy[i] * (l.s + x[i] * (l.s * l.other) * l.slope);
        }
    }
}

enum gelu_approximation gelu_approximation_of(struct call *call)
{
    static const char *const options[] = {"none", "tanh", "sigmoid", NULL};
    return (enum gelu_approximation)call_choice(call, "approximation", options);
}

void gelu_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    enum gelu_approximation approximation = gelu_approximation_of(call);
    gelu_forward(call_output(call, "y", "NC"), x, n, approximation);
    if (call_has(call, "dy"))
        gelu_backward(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), x, n,
                      approximation);
}
