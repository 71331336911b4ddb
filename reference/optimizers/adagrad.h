// SPDX-License-Identifier: MIT
/* Adagrad: a rate for every parameter, falling with the squares of all its gradients.
 *
 *     r = rate_t / (1 + rate_decay k)
 *     h = g_t + decay w                                    (decay_form = coupled)
 *     w <- w - (r decay) w,  h = g_t                       (decay_form = decoupled)
 *     a <- a + h^2
 *     inside_root:   w <- w - r h / sqrt(a + epsilon)
 *     outside_root:  w <- w - r h / (sqrt(a) + epsilon)
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1). The
 * accumulator a starts at the number initial_accumulator (0), or at the input accumulator (P).
 *
 * Conventions:
 *   epsilon_placement = inside_root (document 004, Keras, optax; default) or outside_root (the
 *     paper's delta, PyTorch, MLX, ONNX).
 *   rate_decay_from = zero (default: k = t - 1, so the first step has the whole rate; PyTorch,
 *     Torch 7, ONNX) or one (k = t).
 *   decay_form = coupled (default; PyTorch, ONNX) or decoupled (Keras).
 *   maximize as in gradient_descent.h.
 *   Numbers: epsilon, initial_accumulator (0 in PyTorch and MLX, 0.1 in TensorFlow, Keras and
 *     optax), rate_decay (0), weight_decay (0).
 * Source: Duchi, Hazan and Singer 2011, section 1.1 with the diagonal matrix; document 004 C4, G5.
 * Edge cases: gradients that are 0 from the start leave w when epsilon is above 0. With epsilon 0
 *     and an accumulator of 0 the step is 0 / 0, which this definition leaves open (optax: no step;
 *     PyTorch: NaN). Refused: epsilon, initial_accumulator, rate_decay or weight_decay below 0;
 *     first_step 0.
 * Order of operations: every product, quotient, root and sum as written and rounded one by one,
 *     from left to right: (r h) / (...); ((r decay) w). The accumulator is a chain over the steps.
 */
#pragma once

#include "optimizer.h"

enum adagrad_epsilon { ADAGRAD_INSIDE_ROOT, ADAGRAD_OUTSIDE_ROOT };

struct adagrad_rules {
    enum adagrad_epsilon epsilon_placement;
    int decay_from_one;
    real epsilon, initial_accumulator, rate_decay;
    struct weight_decay decay;
};

struct adagrad_rules adagrad_rules_read(struct call *call);

/* Step t in place: w and the accumulator a (P) from g (P). */
void adagrad_update(real *w, real *a, const real *g, real rate, size_t t,
                    const struct adagrad_rules *rules, size_t P);

/* Inputs w, g, rate, optionally accumulator; outputs w_after, accumulator_after (S,P). */
void adagrad_answer(struct call *call);
