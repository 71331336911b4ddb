// SPDX-License-Identifier: MIT
/* Stop-gradient: a value that passes forward and gives no gradient back.
 *
 *     a = tanh(x u),  b = sigmoid(x v),  y = a b          (a gated unit)
 *     gradients of sum dy y with respect to x, u and v, as if what is detached were constant
 *
 * N samples, I inputs, H units: x (N,I), u and v (I,H), y and dy (N,H).
 *
 * Conventions: detach = none (default); gate: b is a constant, so v has no gradient and x only that
 *     through a; value: the same for a; input: x is a constant, u and v still learn; output: y is
 *     detached and everything is 0. PyTorch writes detach(), JAX lax.stop_gradient, TensorFlow
 *     tf.stop_gradient. A gradient that does not exist is 0 here (JAX, TensorFlow's
 *     unconnected_gradients = zero), where PyTorch leaves None. The outputs are not called dx, du,
 *     dv, because they are no derivatives of y once something is detached.
 * Source: Goodfellow, Bengio and Courville 2016, section 6.5 (graphs); document 004 S6.
 * Edge cases: everything detached: exact zeros. N = 0: zeros for u and v.
 * Order of operations: dense layers without bias as in dense_layer.h; dy b and dy a; the slopes as
 * in
 *     tanh.h and sigmoid.h; gradient_x = that through b + that through a.
 */
#pragma once

#include "../call.h"

enum detach { DETACH_NONE, DETACH_GATE, DETACH_VALUE, DETACH_INPUT, DETACH_OUTPUT };

struct gated {
    enum detach detach;
    size_t N, I, H, block;
    const real *x, *u, *v, *dy;
    real *y, *gradient_x, *gradient_u, *gradient_v;
    real *a, *b, *none; /* (N,H), (N,H), a bias of zeros (H) */
};

struct gated gated_read(struct call *call);
void gated_forward(const struct gated *g);

/* The gradients when the parts of the flags are constants. */
void gated_backward(struct call *call, const struct gated *g, enum detach detach);

/* Inputs x, u, v, dy; outputs y, gradient_x, gradient_u, gradient_v. */
void stop_gradient_answer(struct call *call);
