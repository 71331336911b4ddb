// SPDX-License-Identifier: MIT
#include "curve.h"

#include "../activations/relu.h"
#include "../activations/sigmoid.h"
#include "../activations/tanh.h"

enum curve curve_read(struct call *call)
{
    static const char *const names[] = {"tanh", "relu", "sigmoid", NULL};
    return (enum curve)call_choice(call, "activation", names);
}

void curve_forward(enum curve f, real *y, const real *x, size_t n)
{
    if (f == CURVE_RELU)
        relu_forward(y, x, n);
    else if (f == CURVE_SIGMOID)
        sigmoid_forward(y, x, n);
    else
        tanh_forward(y, x, n);
}

void curve_backward(enum curve f, real *dx, const real *dy, const real *x, const real *y, size_t n)
{
    if (f == CURVE_RELU)
        relu_backward(dx, dy, x, n, R(0.0));
    else if (f == CURVE_SIGMOID)
        sigmoid_backward(dx, dy, y, n);
    else
        tanh_backward(dx, dy, y, n);
}
