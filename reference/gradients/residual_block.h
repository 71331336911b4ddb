// SPDX-License-Identifier: MIT
/* Residual block: a shortcut around two dense layers, so that gradients have a way without factors.
 *
 *     r  = F(x),  F(x) = f(x w1 + b1) w2 + b2
 *     y  = x + scale r,              dx = dy + scale dy F'(x) = dy (1 + scale F')
 *
 * N samples of D values, H hidden ones; x, y, dx, dy (N,D), w1 (D,H), b1 (H), w2 (H,D), b2 (D).
 *
 * Conventions: order = plain (default: as above), post: y = f(x + scale r), the original block of
 * He
 *     et al. 2015 and torchvision; pre: F(x) = f(f(x) w1 + b1) w2 + b2, the identity shortcut of
 *     He et al. 2016 (without normalisation). activation = tanh (default), relu, sigmoid; ReLU's
 *     derivative at 0 is 0. scale (1): below 1 in Inception-ResNet (0.1 to 0.3), 0 at the start of
 *     ReZero; on the branch alone, never on the shortcut.
 * Source: He et al. 2015, eq. 1 and 2016, eq. 5 (dL/dx = dL/dy (1 + ...)); documents 004 T7, T12,
 * S6. Edge cases: scale = 0: the identity, and no gradient for the weights. A negative scale is
 * refused. Order of operations: dense layers as in dense_layer.h; y = x + (scale r); backward
 *     (scale ds), through F, and dx = ds + what comes back.
 */
#pragma once

#include "curve.h"

enum residual_order { RESIDUAL_PLAIN, RESIDUAL_PRE, RESIDUAL_POST };

/* What a block is given and makes. */
struct residual {
    enum residual_order order;
    enum curve f;
    real scale;
    size_t N, D, H, block;
    const real *x, *w1, *b1, *w2, *b2, *dy;
    real *u, *z, *h, *r, *s; /* f(x) or x; hidden before and after f; F; the sum before f */
    real *y, *dx, *dw1, *db1, *dw2, *db2;
    real *ds, *dr, *dh, *dz, *du;
};

/* Reads a call, makes outputs and scratch memory, states the decisions after residual_forward. */
struct residual residual_read(struct call *call);
void residual_forward(const struct residual *b);
void residual_backward(const struct residual *b);

/* Inputs x, w1, b1, w2, b2, dy; outputs y, dx, dw1, db1, dw2, db2. */
void residual_block_answer(struct call *call);
