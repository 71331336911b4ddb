// SPDX-License-Identifier: MIT
/* Gradient descent: the plain update.
 *
 *     w_s = w_{s-1} - rate_s (g_s + decay w_{s-1})         s = 1 .. S
 *
 * P parameters; w the start (P), g (S,P) one gradient for each of S steps, rate (S). The gradients
 * are inputs: what is tested here is the update alone.
 *
 * Conventions: weight_decay (number, 0) is the L2 penalty (decay / 2) |w|^2: its gradient is
 *     decay w. maximize = no (default) or yes: the negated gradient, before the decay is added.
 * Source: documents 003 Q10, 004 T4, T15 and T26 ("new = old - rate times gradient").
 * Edge cases: rate 0 leaves w as it is. A weight_decay below 0 is refused (as PyTorch does).
 * Order of operations: h = g + decay w (two roundings; h = g when decay is 0); w - rate h (two).
 */
#pragma once

#include "../call.h"

/* One step in place: w (P) from g (P). */
void gradient_descent_update(real *w, const real *g, real rate, real decay, size_t P);

/* Inputs w, g, rate; output w_after (S,P): the parameters after every step. */
void gradient_descent_answer(struct call *call);
