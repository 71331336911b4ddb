// SPDX-License-Identifier: MIT
/* RMSProp: the gradient over the root of a moving average of its squares.
 *
 *     h = g_t + decay w                                    (decay_form = coupled)
 *     w <- w - (rate decay) w,  h = g_t                    (decay_form = decoupled)
 *     v <- rho v + (1 - rho) h^2
 *     s = v                                                (centered = no)
 *     c <- rho c + (1 - rho) h;  s = max(v - c^2, 0)       (centered = yes)
 *     d = sqrt(s) + epsilon                                (epsilon_placement = outside_root)
 *     d = sqrt(s + epsilon)                                (epsilon_placement = inside_root)
 *     b <- mu b + h / d;          w <- w - rate b          (momentum_form = rate_outside)
 *     b <- mu b + rate h / d;     w <- w - b               (momentum_form = rate_inside)
 *
 * P parameters; w the start (P), g (S,P), rate (S). v starts at the number initial_v (0) or at the
 * input v (P); c and b start at 0 or at the inputs mean and buffer (P).
 *
 * Conventions:
 *   epsilon_placement = outside_root (PyTorch, MLX, Burn; default) or inside_root (TensorFlow,
 *     Keras, optax, MXNet).
 *   centered = no (default) or yes: the root of the variance (Graves 2013).
 *   momentum_form = rate_outside (PyTorch; default) or rate_inside (TensorFlow, Keras, optax): they
 *     part when the rate changes.
 *   decay_form = coupled (default; PyTorch) or decoupled (Keras). maximize as in
 *     gradient_descent.h.
 *   Numbers: rho (0.9 in Keras and optax, 0.99 in PyTorch and MLX: always stated), epsilon,
 *     momentum (mu; 0), initial_v (0; 1 in TensorFlow 1), weight_decay (0).
 * Source: Tieleman and Hinton 2012, lecture 6.5; Graves 2013, eq. 38-45; documents 000-002 Q10,
 *     004 T27.
 * Edge cases: gradients that are 0 from the start leave w when epsilon is above 0. A variance that
 *     rounding makes negative is 0, so it gives no NaN. Refused: rho outside [0, 1); epsilon,
 *     momentum, initial_v or weight_decay below 0.
 * Order of operations: every product, quotient, root and sum as written and rounded one by one,
 *     from left to right: ((1 - rho) h) h, (rate h) / d, ((rate decay) w). 1 - rho comes first.
 */
#pragma once

#include "optimizer.h"

enum rmsprop_epsilon { RMSPROP_OUTSIDE_ROOT, RMSPROP_INSIDE_ROOT };
enum rmsprop_momentum { RMSPROP_RATE_OUTSIDE, RMSPROP_RATE_INSIDE };

struct rmsprop_rules {
    enum rmsprop_epsilon epsilon_placement;
    enum rmsprop_momentum momentum_form;
    int centered;
    real rho, epsilon, mu, initial_v;
    struct weight_decay decay;
};

struct rmsprop_rules rmsprop_rules_read(struct call *call);

/* One step in place: w, v, the mean c and the buffer b (P) from g (P). c is not used unless
 * centered. */
void rmsprop_update(real *w, real *v, real *c, real *b, const real *g, real rate,
                    const struct rmsprop_rules *rules, size_t P);

/* Inputs w, g, rate, optionally v, mean, buffer; outputs w_after, v_after (S,P), mean_after when
 * centered, buffer_after when momentum is not 0. */
void rmsprop_answer(struct call *call);
