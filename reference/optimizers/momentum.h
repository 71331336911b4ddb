// SPDX-License-Identifier: MIT
/* Gradient descent with momentum, in its three conventions, and Nesterov's form.
 *
 *     h = g_s + decay w                                            s = 1 .. S
 *     rate_outside:  v <- mu v + (1 - dampening) h;   w <- w - rate_s v       (PyTorch, TF 1)
 *     rate_inside:   v <- mu v - rate_s h;            w <- w + v              (Sutskever, Keras)
 *     average:       v <- mu v + (1 - mu) h;          w <- w - rate_s v       (a moving average)
 *   and with nesterov = yes, v as above, but
 *     rate_outside:  w <- w - rate_s (h + mu v)
 *     rate_inside:   w <- w + (mu v - rate_s h)
 *     average:       w <- w - rate_s ((1 - mu) h + mu v)
 *
 * P parameters; w the start (P), g (S,P), rate (S); v starts at 0, or at the input velocity (P).
 * The first two forms agree while the rate is constant and part when it changes.
 *
 * Conventions: form (rate_outside is the default), nesterov = no (default) or yes; first_step =
 *     undampened (PyTorch, default: v = h at step 1 when there is no velocity) or dampened.
 *     Numbers: momentum (mu), dampening (0), weight_decay (0).
 * Source: Polyak 1964; Sutskever et al. 2013, eq. 1-4; documents 000-003 Q18, 004 T26.
 * Edge cases: mu = 0 is gradient descent. Nesterov with dampening is refused, as PyTorch does; so
 *     are dampening in the other forms, mu outside [0, 1), where the velocity grows without end
 *     (Keras; PyTorch lets mu >= 1 pass), and a weight_decay below 0.
 * Order of operations: each product and each sum as written, rounded one by one, from left to
 *     right; (1 - dampening) and (1 - mu) are computed first.
 */
#pragma once

#include "../call.h"

enum momentum_form { MOMENTUM_RATE_OUTSIDE, MOMENTUM_RATE_INSIDE, MOMENTUM_AVERAGE };

struct momentum_rules {
    enum momentum_form form;
    int nesterov;
    real mu, dampening, decay;
};

/* One step in place: w and v (P) from g (P). `undampened` drops the dampening in this step. */
void momentum_update(real *w, real *v, const real *g, real rate, const struct momentum_rules *rules,
                     int undampened, size_t P);

/* Inputs w, g, rate, optionally velocity; outputs w_after and v_after (S,P). */
void momentum_answer(struct call *call);
