// SPDX-License-Identifier: MIT
/* curve.h - the activation of a small network, by its convention: relu, tanh or sigmoid, each as
 * its own file in activations/ defines it. */
#pragma once

#include "../call.h"

enum curve { CURVE_TANH, CURVE_RELU, CURVE_SIGMOID };

/* The convention `activation`: tanh (default), relu, sigmoid. */
enum curve curve_read(struct call *call);

/* y (n) from x (n); and dx (n) from dy (n), x and y. ReLU's derivative at 0 is 0. */
void curve_forward(enum curve f, real *y, const real *x, size_t n);
void curve_backward(enum curve f, real *dx, const real *dy, const real *x, const real *y, size_t n);
