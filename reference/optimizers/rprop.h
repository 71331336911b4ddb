// SPDX-License-Identifier: MIT
/* Rprop: only the signs of gradients count; every parameter has a step of its own.
 *
 *     a = sign(h_before) sign(h)                     h = g_t, h_before = that of the step before
 *     d <- min(d up, longest) if a > 0;   max(d down, shortest) if a < 0;   d otherwise
 *     minus:        w <- w - sign(h) d
 *     minus_reset:  the same, but h = 0 if a < 0: such a step is not taken, and the next a is 0
 *     plus:         a < 0: w <- w - (last change of w), h = 0;   otherwise w <- w - sign(h) d
 *     plus_reset:   as plus, but w goes back only if the loss has grown; otherwise it stays
 *
 * P parameters; w the start (P), g (S,P). d starts at the number step, or at the input step_size
 * (P); h_before starts at 0, or at the input g_before (P); the last change at 0. sign(0) = 0.
 *
 * Conventions: form = minus_reset (default: iRprop-, PyTorch), minus (Rprop-), plus (Rprop+, the
 *     original with backtracking) or plus_reset (iRprop+, which needs the input loss (S); the loss
 *     before the first step is the number loss_before). maximize as in gradient_descent.h (and the
 *     loss is then expected to grow).
 *     Numbers: step, up (1.2), down (0.5), shortest (1e-6), longest (50): always stated.
 * Source: Riedmiller and Braun 1993; Igel and Huesken 2000, algorithms 1-4; documents 000-002 Q22.
 * Edge cases: a gradient of 0 takes no step and leaves d. Signs decide, so gradients near 0 do.
 * Order of operations: one product or one sum each.
 */
#pragma once

#include "optimizer.h"

enum rprop_form { RPROP_MINUS_RESET, RPROP_MINUS, RPROP_PLUS, RPROP_PLUS_RESET };

struct rprop_rules {
    enum rprop_form form;
    real step, up, down, shortest, longest;
    const real *loss; /* (S), plus_reset only */
    real loss_before;
    int maximize;
};

struct rprop_rules rprop_rules_read(struct call *call);

/* Whether the loss has become worse in step s; always yes for the form plus. */
int rprop_worse(const struct rprop_rules *rules, size_t s);

/* One step in place: w, d, h_before, last change (P) from g (P). */
void rprop_update(real *w, real *d, real *h_before, real *change, const real *g, int worse,
                  const struct rprop_rules *rules, size_t P);

/* Inputs w, g, optionally step_size, g_before, loss; outputs w_after, step_after (S,P). */
void rprop_answer(struct call *call);
