// SPDX-License-Identifier: MIT
/* Embedding lookup: rows of a table by index, and gradients that meet again in the rows.
 *
 *     y[n]  = w[index[n]]
 *     dw[v] = share[v] sum over n with index[n] = v of dy[n];   0 for the row `padding`
 *
 * N indices into V rows of C values; w, dw (V,C); y, dy (N,C).
 *
 * Conventions: padding: a row whose gradient is 0 though it is looked up like any other (PyTorch's
 *     padding_idx); not stated: none. frequency = ignored (default: share = 1) or divided: share is
 *     1 / how often v occurs in this batch (PyTorch's scale_grad_by_freq). Duplicates are added up.
 *     The output is called gradient_w, because with either it is no derivative of y.
 * Source: Mikolov et al. 2013; PyTorch, nn.Embedding.
 * Edge cases: rows that never occur; an index that occurs in several blocks. An index outside of
 * the
 *     table and a padding outside of it are refused.
 * Order of operations: samples in blocks; a sample of another row adds 0; then times or by nothing:
 *     the sum / count.
 */
#pragma once

#include "../call.h"

struct lookup {
    size_t N, V, C, block, padding; /* V: no padding */
    int divided;
    const real *w, *dy;
    const int *index;
    real *y, *dw, *term; /* term (N): of one element of dw */
};

struct lookup lookup_read(struct call *call);
void lookup_forward(const struct lookup *k);
void lookup_backward(const struct lookup *k);

/* Inputs w, index, dy; outputs y, gradient_w. */
void embedding_lookup_answer(struct call *call);
