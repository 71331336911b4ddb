// SPDX-License-Identifier: MIT
/* How a gradient shrinks or grows on its way back through a recurrence.
 *
 *     h_t     = f(h_{t-1} w + x_t)                    t = 1 .. T
 *     g_T     = dh,   dx_t = g_t f'_t,   g_{t-1} = dx_t w'
 *     norm[k] = |g_{T-k}|                             k = 0 .. T, over all samples and units
 *     dh0     = g_0,   dw = sum_t h_{t-1}' dx_t
 *
 * N samples, H units, T steps: h0 (N,H), x (T,N,H), w (H,H), dh (N,H), the gradient with respect to
 * h = h_T; f = tanh (slope 1 - h^2) or nothing (slope 1). With H equal samples and the rows of the
 * identity as dh, norm[k] is the Frobenius norm of the Jacobian of h_T with respect to h_{T-k}.
 *
 * Conventions: activation = tanh (default) or linear. Number steps_back (T): the gradient is cut
 *     after so many steps, as truncated backpropagation does (TensorFlow 1's num_steps, PyTorch's
 *     detach): norm, and what else lies further back, is 0. The gradients are called gradient_x,
 *     gradient_h0 and gradient_w then, as they are no derivatives. With one step back, dw is that
 *     of the last step.
 * Source: Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013, eq. 5; documents
 *     004 T7, T16, C4.
 * Edge cases: a dh of 0 has norms of 0. Norms are taken of g / m, m the largest |g|, so that
 *     squares do not underflow where the gradients themselves do not. No steps or samples are
 *     refused.
 * Order of operations: z = a chain from x_t over h_{t-1} w; dx = g (1 - h h); g_{t-1} a chain from
 *     0; norm = m sqrt(sum (g / m)^2), a fused chain in a row, rows in blocks; dw in blocks for
 *     each step, steps added from the last to the first, from 0.
 */
#pragma once

#include "../call.h"

struct growth {
    int linear;
    size_t N, H, T, block, back; /* back: steps */
    const real *h0, *x, *w, *dh;
    real *h;                           /* (T+1,N,H), h[0] being h0 */
    real *last, *norm, *dx, *dh0, *dw; /* outputs */
    real *g, *scaled, *row;            /* (N,H), (N,H), (N) */
};

/* Reads inputs, makes outputs. */
struct growth growth_read(struct call *call);

/* h and last. */
void growth_forward(const struct growth *r);

/* |g| (N,H). */
real growth_norm(const struct growth *r, const real *g);

/* Inputs h0, x, w, dh; outputs h, norm (T+1), dx, dh0, dw. */
void recurrent_growth_answer(struct call *call);
