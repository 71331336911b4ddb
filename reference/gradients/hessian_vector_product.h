// SPDX-License-Identifier: MIT
/* The Hessian of a loss times a vector, without the Hessian: the gradient of a directional
 * derivative.
 *
 *     y      = tanh(x w1 + b1) w2 + b2,   loss = sum (y - t)^2 / (2 N)
 *     slope  = loss'(w) . v               the derivative of the loss along v
 *     dw     = dslope H v                 the gradient of slope: H is the Hessian of the loss
 *     dv     = dslope loss'(w)
 *
 * N samples of D values, H hidden units, K outputs; x (N,D), t (N,K). w stands for w1 (D,H), b1
 * (H), w2 (H,K), b2 (K), and v for v1, c1, v2, c2 in the same shapes. With R{a} the change of a
 * when the weights move along v, and h = tanh z, s = 1 - h^2, e = (y - t) / N:
 *
 *     R{z} = x v1 + c1,   R{h} = s R{z},   R{y} = c2 + h v2 + R{h} w2,   slope = sum e R{y}
 *     g = dslope e,       R{g} = dslope R{y} / N
 *     gz = s (g w2^T),    R{gz} = s (R{g} w2^T + g v2^T) - 2 h R{h} (g w2^T)
 *     dw1 = x^T R{gz},    dw2 = h^T R{g} + R{h}^T g,   db1, db2 = sums of R{gz}, R{g}
 *     dv1 = x^T gz,       dv2 = h^T g,                 dc1, dc2 = sums of gz, g
 *
 * Conventions: the loss has the factor 1/2 and the mean over samples. The Hessian is the whole one;
 *     the Gauss-Newton matrix, which many optimisers multiply by instead, leaves out both terms
 *     with g in R{gz} and dw2. Differences of gradients, (loss'(w + r v) - loss'(w)) / r, are what
 *     it replaces: they lose half the digits.
 * Source: Pearlmutter 1994, section 3 (the R operator); Schraudolph 2002 (Gauss-Newton).
 * Edge cases: saturated units; a perfect fit, where the two matrices are the same.
 * Order of operations: products as in dense_layer.h; R{y} one chain from c2 over h v2, then over
 *     R{h} w2; s = 1 - h h; R{g} = (dslope R{y}) / N; g = dslope ((y - t) / N); of R{gz}'s bracket
 *     one chain over R{g} w2, then over g v2; R{gz} = (s bracket) - (((2 h) R{h}) (g w2)); dw2 the
 *     sum of two sums over samples; slope a chain over a sample's outputs, then samples in blocks.
 */
#pragma once

#include "../call.h"

struct curvature {
    size_t N, D, H, K, block;
    const real *x, *t, *w1, *b1, *w2, *b2, *v1, *c1, *v2, *c2;
    real dslope;
    real *slope, *dw1, *db1, *dw2, *db2, *dv1, *dc1, *dv2, *dc2;
    real *h, *s, *rh, *gh, *gz, *rgz; /* (N,H) */
    real *y, *ry, *g, *rg;            /* (N,K) */
};

struct curvature curvature_read(struct call *call);
void curvature_forward(const struct curvature *k);
void curvature_backward(const struct curvature *k);

/* The sums over samples: everything that has the shape of a weight. */
void curvature_sums(const struct curvature *k);

/* Inputs x, t, w1, b1, w2, b2, v1, c1, v2, c2, dslope; outputs slope, dw1 ... db2, dv1 ... dc2. */
void hessian_vector_product_answer(struct call *call);
