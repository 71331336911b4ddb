// SPDX-License-Identifier: MIT
/* DropConnect: single weights of a dense layer are left out, not units.
 *
 *     v[n,i,o] = scale w[i,o] if kept[n,i,o], else 0
 *     y[n,o]   = b[o] + sum_i x[n,i] v[n,i,o]
 *     y_inference[n,o] = b[o] + sum_i x[n,i] factor w[i,o]
 *     dx[n,i]  = sum_o dy[n,o] v[n,i,o],   db[o] = sum_n dy[n,o]
 *     dw[i,o]  = sum_n scale x[n,i] dy[n,o] over the samples that kept it
 *
 * x (N,I), w (I,O), b (O), dy (N,O); kept as in mask.h, with its number p and its conventions.
 *
 * Conventions: scope = sample (default: a mask (N,I,O), the paper's) or batch (one mask (I,O) for
 *     all samples, as the weight drop of recurrent weights does). scaling = inverted (default:
 *     scale 1 / keep, factor 1) or inference (scale 1, factor keep; the paper has a Gaussian
 *     approximation there, of which this is the mean). Biases are always kept.
 * Source: Wan et al. 2013, section 3; Merity, Keskar and Socher 2018 (batch); mask.h.
 * Edge cases: p = 1 drops everything: y = b. A dropped weight has no gradient from that sample.
 * Order of operations: scale = 1 / keep; scale w; y a fused chain from b over i; dx one from 0 over
 *     o; dw: (scale x) dy, rounded, then added over samples in blocks; factor w, then its chain.
 */
#pragma once

#include "mask.h"

struct connections {
    struct survival survival;
    int per_batch, at_inference;
    size_t N, I, O, block;
    real scale, factor;
    const real *x, *w, *b, *dy; /* dy: NULL without */
    const int *kept;
    real *y, *y_inference, *dx, *dw, *db; /* outputs */
    real *v, *part;                       /* (I,O), (N) */
};

/* Reads inputs, makes outputs. */
struct connections connections_read(struct call *call);

/* Whether sample n keeps weight i of (I,O). */
int connections_kept(const struct connections *r, size_t n, size_t i);

/* Inputs x, w, b, mask or u, and dy when gradients are wanted; outputs y, y_inference, dx, dw,
 * db. */
void drop_connect_answer(struct call *call);
