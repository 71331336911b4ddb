// SPDX-License-Identifier: MIT
/* Where numbers first stop being finite, and what training does about it.
 *
 *     g[t,l,c] = a[t,l,c] / b[t,l,c]                          the gradients of step t, layer l
 *     g is bad when it is not a number (kind 1: 0 / 0), infinite (kind 2: a / 0), or beyond what
 *     the format holds (kind 3: |g| > limit)
 *     (step, layer, element) = the first bad g,               kind = its kind
 *     bad[t]   = how many of step t are bad
 *     w[t]     = w[t-1] - rate g[t], unless the action forbids it;  w[-1] = start
 *
 * T steps, L layers of C elements; a, b, w (T,L,C), start (L,C), bad (T); step, layer, element and
 * kind are scalars, counted from 0, and -1, -1, -1 and 0 when all is well.
 *
 * Conventions: limit (none): the largest number of the format that is guarded, 65504 for binary16.
 *     It is stated, since what overflows on its own differs between binary32 and binary64;
 *     quotients by 0 are alike in all. order = backward (default: within a step the last layer
 *     comes first, as backpropagation meets them) or forward. action = skip (default: a step with
 *     anything bad changes nothing at all, on no rank: PyTorch's GradScaler, NVIDIA Apex), stop
 *     (neither does any step after it: Keras's TerminateOnNaN), zero (bad elements count as 0, the
 *     rest moves: nan_to_num).
 * Source: Micikevicius et al. 2018, section 3.2 (skipped steps); document 004 T8 (NaN).
 * Edge cases: nothing bad; everything bad; NaN, which no comparison finds. A limit that is not
 *     positive and a negative rate are refused.
 * Order of operations: g = a / b; w = w - (rate g).
 */
#pragma once

#include "../call.h"

enum finite_kind { FINITE, NOT_A_NUMBER, INFINITE, BEYOND_LIMIT };
enum finite_action { ACTION_SKIP, ACTION_STOP, ACTION_ZERO };

struct finite_check {
    size_t T, L, C;
    int forward, limited;
    enum finite_action action;
    real rate, limit;
    const real *a, *b, *start;
    real *g, *w, *bad, *step, *layer, *element, *kind;
};

struct finite_check finite_read(struct call *call);
enum finite_kind finite_kind_of(const struct finite_check *f, real g);

/* Fills bad, step, layer, element and kind. */
void finite_find(const struct finite_check *f);

/* Fills w from bad. */
void finite_train(const struct finite_check *f);

/* Inputs a, b, start, numbers rate, limit; outputs step, layer, element, kind, bad, w. */
void finite_check_answer(struct call *call);
