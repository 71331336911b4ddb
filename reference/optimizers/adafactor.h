// SPDX-License-Identifier: MIT
/* Adafactor: the second moment of a matrix from its row and column means.
 *
 *     q = g_t^2 + epsilon1                               (epsilon_form = added)
 *     b = 1 - t^-decay_power
 *     r_i <- b r_i + (1 - b) mean_j q_ij,   c_j <- b c_j + (1 - b) mean_i q_ij
 *     V_ij = (r_i / mean_i r) c_j;   U = g_t / sqrt(V)
 *     a = max(epsilon2, rms(w)) p, p = min(rate, 1 / sqrt(t));   w <- w - (rate decay) w
 *     w <- w - a (U / max(1, rms(U) / clip))
 *
 * w the start (R,C), g (S,R,C), rate (S). t counts from the number first_step (1). r (R) and c (C)
 * start at 0, or at the inputs of these names. rms(x) is the root of the mean of all x^2.
 *
 * Conventions:
 *   epsilon_form = added (the paper, Keras, optax, MLX, T5X; default) or clamped (PyTorch: q = g^2,
 *     mean r at least epsilon1, V at least epsilon1^2).
 *   relative_step = yes (default: the rate is a limit, as in the paper, Keras, PyTorch) or no
 *     (p = rate). scale_parameter = yes (default) or no (a = p; MLX and transformers let choose).
 *   maximize as in gradient_descent.h.
 *   Numbers: epsilon1 (1e-30 in the paper), epsilon2 (1e-3), decay_power (0.8): always stated;
 *     clip (no clipping unless stated; 1 in the paper); weight_decay (0; PyTorch's form).
 *   A first moment, which no package uses by default, is not part of this definition.
 * Source: Shazeer and Stern 2018, algorithms 4 and 6; documents 004 G5 (memory), 000-002 Q22.
 * Edge cases: at t = 1 b is 0, so given r and c are forgotten. A gradient of 0 everywhere needs
 *     epsilon1 > 0. One row or one column: V is exact.
 * Order of operations: q one product and one sum; the row sum a chain of additions, the sum over
 *     rows as samples (sum.h: blocks of `block` rows, then the tree), each divided by its count;
 *     t^-x is exp(-(x log t)); (r_i / mean) c_j; for rms the squares are rounded, added along a
 *     row, then over rows as samples, divided by R C. Everything else as written, from left to
 *     right.
 */
#pragma once

#include "../call.h"

struct adafactor_rules {
    int clamped, relative_step, scale_parameter, clips;
    real epsilon1, epsilon2, power, clip, decay;
    size_t R, C, block;
};

/* All that one step reads and writes. */
struct adafactor_state {
    real *w, *r, *c;   /* (R,C), (R), (C) */
    real *U, *rows;    /* scratch (R,C), (R) */
    real step, update; /* a, and rms(U) */
};

struct adafactor_rules adafactor_rules_read(struct call *call);

/* r and c (in place) from g (R,C) at step t. */
void adafactor_moments(struct adafactor_state *state, const real *g, size_t t,
                       const struct adafactor_rules *rules);

/* U, a, rms(U) and then w, from moments that have been updated. */
void adafactor_step(struct adafactor_state *state, const real *g, real rate, size_t t,
                    const struct adafactor_rules *rules);

/* Inputs w, g, rate, optionally r, c; outputs w_after (S,R,C), r_after (S,R), c_after (S,C), step
 * (S): a, and update (S): rms(U). */
void adafactor_answer(struct call *call);
