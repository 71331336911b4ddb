// SPDX-License-Identifier: MIT
/* Shared layers: models that use the same layer, and what its weights learn from both.
 *
 *     code   = tanh(x w + b)          the encoder of the autoencoder, and a model by itself
 *     output = code v + c             the autoencoder
 *     second = tanh(s w + b)          the same layer on a second input
 *     dcode' = dcode + doutput v';  dz = dcode' (1 - code^2);  ds_z = dsecond (1 - second^2)
 *     dw = x' dz + s' ds_z;  db = sum dz + sum ds_z;  dx = dz w';  ds = ds_z w'
 *     dv = code' doutput;  dc = sum doutput
 *     tied (v = w'): dw also gets doutput' code
 *
 * N samples x (N,I), M samples s (M,I), w (I,H), b (H), v (H,O), c (O); upstream dcode (N,H),
 * doutput (N,O), dsecond (M,H).
 *
 * Conventions: tied = no (default: the decoder has its own input v) or yes (v is w transposed, not
 * an
 *     input, and O = I: autoencoders with tied weights).
 * Source: Bromley and others 1993 (shared weights); document 004 C8, C9, C10 (models that share
 *     layers).
 * Edge cases: the encoder taken out of the autoencoder gives the autoencoder's inner activation, so
 *     code is one output. Refused: no sample on either side, v together with tied weights, an
 *     unknown convention.
 * Order of additions: x w + b as in a dense layer; doutput v' one chain from dcode; dx, ds from 0.
 *     Sums over samples in blocks: of x and of s apart, then the first plus the second, then the
 *     tied term.
 */
#pragma once

#include "../call.h"

/* One use of the layer: a (N,H) = tanh(x w + b), and from da its dz, dx, and sums over its
 * samples. */
struct layer_use {
    const real *x, *da;
    real *a, *dz, *dx, *dw, *db;
    size_t N;
};

/* The layer itself. */
struct shared_layer {
    const real *w, *b;
    size_t I, H, block;
};

void shared_forward(const struct shared_layer *layer, struct layer_use *use);
void shared_backward(const struct shared_layer *layer, struct layer_use *use);

/* Inputs x, s, w, b, v, c, dcode, doutput, dsecond; outputs code, output, second, and d of
 * inputs. */
void shared_layers_answer(struct call *call);
