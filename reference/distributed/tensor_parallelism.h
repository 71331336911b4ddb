// SPDX-License-Identifier: MIT
/* Tensor parallelism: a perceptron of two layers, each cut into T parts that live apart.
 *
 *     z = x w1 + b1,  a = f(z),  y = a w2 + b2,  and the gradients for an upstream dy
 *     column_row (Megatron): part t has part[t] of the H hidden units: those columns of w1 and b1,
 *         those rows of w2. a_t = f(x w1_t + b1_t) needs nobody;
 *             y = sum_t a_t w2_t + b2                    (all-reduce; b2 once, not T times)
 *             dx = sum_t dz_t w1_t'                      (all-reduce)
 *     row_column: part t has part[t] of the D inputs, hence those rows of w1, and part2[t] of the K
 *         outputs, hence those columns of w2 and b2.
 *             z = sum_t x_t w1_t + b1                    (all-reduce, before f)
 *             da = sum_t dy_t w2_t'                      (all-reduce), dz = da f'(z)
 *         y and dx are the parts side by side.
 *     dw1 = x' dz, db1 = sum_n dz_n, dw2 = a' dy, db2 = sum_n dy_n: every part its own.
 *
 * x (N,D), w1 (D,H), b1 (H), w2 (H,K), b2 (K), dy (N,K); part (T), whole, adding up to H or to D;
 * part2 (T), adding up to K, for row_column alone. Outputs y (N,K), z (N,H), dx, dw1, db1, dw2,
 * db2.
 *
 * Conventions: split = column_row (default) or row_column; activation = tanh (default), relu (slope
 *     0 at 0), sigmoid or linear. A part may be empty.
 * Source: Shoeybi et al. 2019, section 3; document 000 Q46 (model parallelism).
 * Edge cases: T = 1 is the serial network, and so is the sum but for rounding. Units need not be a
 *     multiple of T. Refused: parts that do not add up, no part.
 * Order of operations: a partial product is one chain of fused multiply-adds over its part from 0
 *     (from the bias where nothing is summed over parts); partial products are added in the tree of
 *     sum.h over single parts; then the bias. dw and db: blocks of `block` samples, then the tree.
 */
#pragma once

#include "../call.h"

enum tensor_activation { TENSOR_TANH, TENSOR_RELU, TENSOR_SIGMOID, TENSOR_LINEAR };

struct tensor_parallelism {
    size_t N, D, H, K, T, block;
    int row_column;
    enum tensor_activation activation;
    const real *x, *w1, *b1, *w2, *b2, *dy;
    const int *part, *part2;
};

/* Reads the request. */
void tensor_parallelism_read(struct call *call, struct tensor_parallelism *t);

/* a = f(z), and dz = da f'(z). */
void tensor_activate(const struct tensor_parallelism *t, real *a, const real *z, size_t n);
void tensor_differentiate(const struct tensor_parallelism *t, real *dz, const real *da,
                          const real *z, const real *a, size_t n);

/* dw (I,O) and db (O) of a dense layer with the input x (N,I). */
void tensor_weights(const struct tensor_parallelism *t, real *dw, real *db, const real *x,
                    const real *dz, size_t I, size_t O);

/* Inputs and outputs as above. */
void tensor_parallelism_answer(struct call *call);
