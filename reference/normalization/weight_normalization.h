// SPDX-License-Identifier: MIT
/* Weight normalisation: the length and the direction of weights are learnt apart.
 *
 *     u = v / |v|,   w = g u,   y[n,o] = b[o] + sum_i x[n,i] w[i,o]
 *     dg = sum dw u,   dv = (g / |v|) (dw - dg u);   dx, dw, db as in dense_layer.h
 *
 * x (N,I), v, w, u (I,O), b (O), y (N,O). Norms and sums are over the weights that share a g.
 *
 * Conventions: axis says what has a g of its own: output (a unit: the paper, Keras; PyTorch's dim
 * 0,
 *     as its weights are stored outputs first; default), g (O); input (PyTorch's dim 0 on weights
 *     that are stored inputs first), g (I); or whole (PyTorch's dim None), g a scalar.
 *     start = given (default) or data: g and b are not inputs but follow from the first batch, so
 *     that every unit has mean 0 and deviation 1 over it; axis output alone:
 *         t = x u,   g = 1 / sqrt(variance of t + epsilon),   b = -(mean of t g)
 *     with the population variance; g and b are outputs then, and no gradients are asked for.
 *     Number epsilon = 0 (the paper), 1e-8 or 1e-10 in its authors' programs.
 * Source: Salimans and Kingma 2016, eq. 2, 3, 5 and 6; PyTorch's weight_norm.
 * Edge cases: refused: weights of norm 0, epsilon < 0; with start data, a batch on which a unit
 * does
 *     not vary while epsilon is 0, an empty one, another axis, and dy. g may be negative or 0.
 * Order of operations: norms along i (output), o (input) or both in storage order, as chains of
 *     products, and a root; u = v / |v|; w = g u; y and gradients of the layer as in dense_layer.h;
 *     dg a chain; dv = (g / |v|) (dw - dg u). mean = sum / N, (t - mean)^2 summed over samples,
 *     / N, + epsilon, root, reciprocal; b = -(mean g).
 */
#pragma once

#include "../call.h"

enum weight_axis { WEIGHT_OUTPUT, WEIGHT_INPUT, WEIGHT_WHOLE };

/* `groups` sets of `length` weights; set k begins at k first, then every `stride`. */
struct weight_sets {
    size_t groups, length, first, stride;
};
struct weight_sets weight_sets_of(enum weight_axis axis, size_t I, size_t O);

/* u = v / norm of its set; norm (groups). */
void weight_directions(real *u, real *norm, const real *v, const struct weight_sets *sets);

/* w = g u. */
void weight_lengthen(real *w, const real *u, const real *g, const struct weight_sets *sets);

/* dv and dg from dw. */
void weight_normalization_backward(real *dv, real *dg, const real *dw, const real *u, const real *g,
                                   const real *norm, const struct weight_sets *sets);

/* g, b (O) from t (N,O). Returns 0 when a unit does not vary. */
int weight_normalization_start(real *g, real *b, const real *t, size_t N, size_t O, real epsilon,
                               struct call *call);

/* Inputs x, v, g, b (optional), and dy when gradients are wanted; outputs w, y, and dx, dv, dg,
 * db. */
void weight_normalization_answer(struct call *call);
