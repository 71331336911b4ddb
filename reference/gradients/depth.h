// SPDX-License-Identifier: MIT
/* depth.h - a deep network of layers without biases, each normalised or not, that normalized_depth
 * and explosion_control share; its equations are in normalized_depth.h. */
#pragma once

#include "curve.h"

enum { DEPTH_LAYERS = 8 };
enum depth_norm { DEPTH_NONE, DEPTH_BATCH, DEPTH_LAYER };

/* N samples of D values; layers of H units. Layer l from 0: w[l] (D or H, H), z[l] normalised
 * (N,H), inverse[l] (H for batches, N for layers), a[l] (N,H), dw[l] as w[l]. */
struct depth {
    enum curve f;
    enum depth_norm norm;
    real epsilon;
    size_t N, D, H, layers, block;
    const real *x;
    real *w[DEPTH_LAYERS], *z[DEPTH_LAYERS], *inverse[DEPTH_LAYERS], *a[DEPTH_LAYERS];
    real *dw[DEPTH_LAYERS], *da, *dz, *column;
};

/* Inputs x (N,D), w1 (D,H) and w (K,H,H), as copies; conventions activation, normalization; number
 * epsilon. */
struct depth depth_read(struct call *call);

/* The inputs of layer l, and how many. */
const real *depth_input(const struct depth *d, size_t l);
size_t depth_inputs(const struct depth *d, size_t l);

void depth_forward(const struct depth *d);

/* dw of all layers, and dx (N,D), from dy (N,H), which becomes something else. */
void depth_backward(const struct depth *d, real *dx, real *dy);

/* The norm of the gradient of layer l. */
real depth_gradient_norm(const struct depth *d, size_t l);

/* States the decisions of ReLUs. */
void depth_decisions(struct call *call, const struct depth *d);
