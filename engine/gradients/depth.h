// SPDX-License-Identifier: MIT
/* depth.h - the deep network of normalized_depth and explosion_control. The samples are sharded,
 * the weights whole on every rank. Statistics of batches, their two sums on the way back and the
 * gradients of a layer's weights cross the network, layer by layer. */
#pragma once

#include "../operations.h"
#include "../techniques.h"

enum { DEPTH_LAYERS = 8 };
enum depth_norm { DEPTH_NONE, DEPTH_BATCH, DEPTH_LAYER };

struct depth {
    struct question *q;
    const struct operation *f;
    enum depth_norm norm;
    scalar epsilon;
    size_t N, rows, D, H, layers;
    scalar *x;                                 /* (rows, D) */
    scalar *w, *dw;                            /* of all layers, one after another */
    scalar *v[DEPTH_LAYERS], *a[DEPTH_LAYERS]; /* (rows, H): normalised; after f */
    scalar *inverse[DEPTH_LAYERS];             /* (H) or (rows) */
    scalar *da, *dv, *dx, *mean, *slope;       /* (rows, H) twice, (rows, D), (H) twice */
};

/* Inputs x, w1, w and conventions. */
struct depth depth_read(struct question *q);

/* Where layer l begins in w and dw, and how many weights it has. */
size_t depth_place(const struct depth *d, size_t l);
size_t depth_count(const struct depth *d, size_t l);

void depth_forward(const struct depth *d);
void depth_backward(const struct depth *d, const scalar *dy);
