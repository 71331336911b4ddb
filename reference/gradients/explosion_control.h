// SPDX-License-Identifier: MIT
/* What a smaller or decayed rate and an L2 penalty do to exploding gradients, step by step.
 *
 *     g_t        = gradient of loss_t = sum_n |y_n - target_n|^2 / 2 N with respect to all weights
 *     norm[t]    = |g_t|,  size[t] = |weights|
 *     r_t        = rate / (1 + decay t)
 *     weights    = weights - r_t (g_t + penalty weights),  update[t] = |r_t (g_t + penalty
 *     weights)|
 *
 * The network is that of normalized_depth.h: x (N,D), w1 (D,H), w (K,H,H); targets (N,H); t = 0 ..
 * T-1, T = steps.
 *
 * Conventions: rate and decay change the update, never the gradient of the same weights; penalty is
 *     coupled (added to the gradient, as SGD's weight_decay in PyTorch) and not part of loss or
 *     norm. activation and normalization as there.
 * Source: Goodfellow, Bengio and Courville 2016, sections 7.1.1 and 8.2.4; documents 001 Q11,
 *     002 Q11, 004 T8.
 * Edge cases: penalty 0, decay 0. A rate, decay or penalty below 0 is refused, and no steps at all.
 * Order of operations: a row's squares in a fused chain, rows in blocks, / (2 N); dy = (y - target)
 *     / N; squares of all layers in one fused chain, layer after layer; w - r (g + penalty w).
 */
#pragma once

#include "depth.h"

struct control {
    struct depth d;
    real rate, decay, penalty;
    size_t steps;
    const real *targets;
    real *loss, *norm, *size, *update; /* outputs (T) */
    real *dx, *dy, *row;
};

struct control control_read(struct call *call);

/* Loss and dy after the forward pass. */
void control_loss(const struct control *c, size_t t);

/* The root of the sum over all weights of w^2, or of the gradient's. */
real control_size(const struct depth *d, real *const *of);

/* w1 and w of the end as outputs. */
void control_end(struct call *call, const struct control *c);

/* Inputs x, w1, w, targets; outputs loss, norm, size, update (T), w1_end, w_end. */
void explosion_control_answer(struct call *call);
