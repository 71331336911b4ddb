// SPDX-License-Identifier: MIT
/* Adam, with AdamW and AMSGrad.
 *
 *     h     = g_t + decay w                                (decay_form = coupled)
 *     m     = beta1 m + (1 - beta1) h
 *     v     = beta2 v + (1 - beta2) h^2
 *     c1    = 1 - beta1^t,  c2 = 1 - beta2^t               (1 and 1 with bias_correction = no)
 *     after_correction:   w <- w - rate (m / c1) / (sqrt(v / c2) + epsilon)
 *     before_correction:  w <- w - (rate sqrt(c2) / c1) m / (sqrt(v) + epsilon)
 *     inside_root:        w <- w - rate (m / c1) / sqrt(v / c2 + epsilon)
 *
 * P parameters; w the start (P), g (S,P), rate (S). t counts from the number first_step (1). m and
 * v start at 0, or at the inputs m and v (P).
 *
 * Conventions:
 *   epsilon_placement = after_correction (the paper's algorithm 1, PyTorch; default),
 *     before_correction (the end of the paper's section 2, TensorFlow and Keras), inside_root.
 *   decay_form = coupled (default: L2 penalty), decoupled (AdamW in PyTorch: first
 *     w <- w - (rate decay) w) or decoupled_without_rate (the AdamW paper with schedule 1: first
 *     w <- w - decay w).
 *   amsgrad = no (default), max_of_v (v is replaced by its running maximum in the denominator
 *     before the correction; PyTorch, TensorFlow) or max_of_corrected_v (of v / c2; optax). With
 *     before_correction v is not corrected, so both are the maximum of v.
 *   Numbers: beta1, beta2, epsilon, weight_decay (0).
 * Source: Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2; Reddi, Kale and
 *     Kumar 2018, algorithm 2; documents 000-002 Q10, 004 T27.
 * Edge cases: g = 0 from the start leaves w: 0 / (0 + epsilon). Refused: first_step 0, which
 *     divides by zero in the correction; beta1 or beta2 outside [0, 1); epsilon or weight_decay
 *     below 0.
 * Order of operations: every product, quotient and sum as written and rounded one by one, from
 *     left to right: ((1 - beta2) h) h; (rate (m / c1)) / (...). beta^t is t - 1 multiplications:
 *     power = beta, then power = power beta.
 */
#pragma once

#include "../call.h"

enum adam_epsilon { ADAM_AFTER_CORRECTION, ADAM_BEFORE_CORRECTION, ADAM_INSIDE_ROOT };
enum adam_decay { ADAM_COUPLED, ADAM_DECOUPLED, ADAM_DECOUPLED_WITHOUT_RATE };
enum adam_maximum { ADAM_NO_MAXIMUM, ADAM_MAXIMUM_OF_V, ADAM_MAXIMUM_OF_CORRECTED_V };

struct adam_rules {
    enum adam_epsilon epsilon_placement;
    enum adam_decay decay_form;
    enum adam_maximum maximum;
    int bias_correction;
    real beta1, beta2, epsilon, decay;
};

/* Step t in place: w, m, v and, for AMSGrad, the maximum (P) from g (P). `maximum` may be NULL
 * without AMSGrad. */
void adam_update(real *w, real *m, real *v, real *maximum, const real *g, real rate, size_t t,
                 const struct adam_rules *rules, size_t P);

/* Inputs w, g, rate, optionally m and v; outputs w_after, m_after, v_after (S,P). */
void adam_answer(struct call *call);
