// SPDX-License-Identifier: MIT
/* Dense (fully connected) layer.
 *
 *     y[n,o]  = b[o] + sum_i x[n,i] w[i,o]                                   forward
 *     dx[n,i] = sum_o dy[n,o] w[i,o]                                         backward
 *     dw[i,o] = sum_n x[n,i] dy[n,o]
 *     db[o]   = sum_n dy[n,o]
 *
 * N samples, I input features, O units; x (N,I), w (I,O), b (O), y (N,O); d* is the gradient of a
 * scalar with respect to *, in the shape of *.
 *
 * Conventions: w is stored inputs first (Keras, JAX); PyTorch stores its transpose. Gradients are
 *     written, not accumulated. Without input b the bias is zero and db is still defined.
 * Source: document 004 T2 ("every neuron is connected to every neuron of the next layer");
 *     Goodfellow, Bengio, Courville, "Deep Learning" (2016), eq. 6.9 and algorithm 6.4.
 * Edge cases: I = 0 gives y = b. N = 0 gives dw = 0, db = 0.
 * Order of additions: y is a chain over i that starts from b[o]; dx a chain over o from zero;
 *     dw and db are sums over samples (sum.h), so they depend on the block size.
 */
#pragma once

#include "../call.h"

/* y (N,O) from x (N,I), w (I,O), b (O). */
void dense_layer_forward(real *y, const real *x, const real *w, const real *b, size_t N, size_t I,
                         size_t O);

/* dx (N,I), dw (I,O), db (O) from dy (N,O); any of the three may be NULL when not wanted. */
void dense_layer_backward(real *dx, real *dw, real *db, const real *dy, const real *x,
                          const real *w, size_t N, size_t I, size_t O, size_t block);

/* Inputs x, w, b, and dy when gradients are wanted; outputs y, and dx, dw, db. */
void dense_layer_answer(struct call *call);
