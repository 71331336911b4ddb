// SPDX-License-Identifier: MIT
/* Gated linear unit: one half of the values opens and closes the other half.
 *
 *     y[n,c] = v[n,c] f(g[n,c]),   dv = dy f(g),   dg = (dy v) f'(g)
 *
 * x, dx (N,F) with F = 2C; y, dy (N,C). The values v and the gates g (N,C) are parts of x.
 *
 * Conventions: gate = sigmoid (GLU; default), tanh (WaveNet's gate the other way round), relu
 *     (ReGLU), silu (SwiGLU), gelu (GEGLU, by erf), linear (bilinear).
 *     gate_half = last (PyTorch, TensorFlow, Flax: x is v then g; default) or first (Llama's and
 *     many fused kernels' SwiGLU: g then v).
 *     arrangement = halves (default) or interleaved: v and g alternate.
 * Source: Dauphin et al. 2017, eq. 1; Shazeer 2020, eq. 3 to 6.
 * Edge cases: an odd F is refused. The ReLU's derivative at 0 is 0; every gate of it that is not 0
 *     is a decision.
 * Order of operations: f and f' as in sigmoid.h, tanh.h, silu.h and gelu.h, with f' = s o,
 *     1 - t t, s (1 + g o), c + g p; y = v f, dv = dy f, dg = (dy v) f'. The sigmoid is 1 / (1 + e)
 *     or e / (1 + e) with e = exp(-|g|), whichever is on the side of g, and o the other.
 */
#pragma once

#include "../call.h"

enum glu_gate { GLU_SIGMOID, GLU_TANH, GLU_RELU, GLU_SILU, GLU_GELU, GLU_LINEAR };

/* Where the value and the gate of channel c lie in a row of x. */
struct glu_layout {
    size_t N, C;
    int gate_first, interleaved;
};
size_t glu_value_at(const struct glu_layout *layout, size_t c);
size_t glu_gate_at(const struct glu_layout *layout, size_t c);

/* f(g), and its derivative in *slope. */
real glu_open(real g, enum glu_gate gate, real *slope);

/* y (N,C) from x (N,2C). */
void glu_forward(real *y, const real *x, enum glu_gate gate, const struct glu_layout *layout);

/* dx (N,2C) from dy (N,C) and the input x. */
void glu_backward(real *dx, const real *dy, const real *x, enum glu_gate gate,
                  const struct glu_layout *layout);

/* The conventions of a call; binds N, F and C. */
struct glu_layout glu_layout_of(struct call *call, enum glu_gate *gate);

/* Input x (N,F), and dy (N,C) when the gradient is wanted; outputs y, and dx. */
void glu_answer(struct call *call);
