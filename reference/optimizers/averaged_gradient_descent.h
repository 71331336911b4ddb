// SPDX-License-Identifier: MIT
/* Averaged gradient descent: weights that shrink, a rate that falls, and the mean of the late ones.
 *
 *     step t = first_step, first_step + 1, ..
 *     eta = rate / (1 + lambd rate (t - 1))^alpha
 *     w <- w (1 - lambd eta) - eta (g + decay w)       both w on the right: before the step
 *     k = max(1, t - 1 - t0);  a <- w where k = 1, a + (w - a) / k otherwise
 *
 * P parameters; w the start (P), g (S,P) one gradient a step; a starts at input average (P), or at
 * 0, which matters only when training is resumed in the midst of averaging.
 *
 * Conventions: counts = previous (default: PyTorch's ASGD, which sets the weight of an average at
 * the
 *     end of the step before, so that step t0 + 2 is still copied) or present (Bottou, whose mean
 *     begins one step earlier: k = max(1, t - t0)). maximize as in gradient_descent.h. Numbers:
 *     rate, lambd (PyTorch: 1e-4), alpha (0.75), t0 (a million: no averaging in most runs),
 *     weight_decay (0), first_step (1). The mean is an output beside w; the trained weights go on
 *     by themselves.
 * Source: Polyak and Juditsky 1992; Xu 2011 (rate and start); PyTorch documentation.
 * Edge cases: lambd 0 is plain gradient descent with an average. Refused: negative rate, lambd,
 *     alpha, t0 or weight_decay.
 * Order of operations: base = 1 + (lambd rate) (t - 1); eta = rate / exp(alpha log(base)), and rate
 *     itself where the base is 1; h = g + decay w; w (1 - lambd eta) and eta h, difference; mu =
 *     1 / k, a + (w - a) mu.
 */
#pragma once

#include "optimizer.h"

struct averaged_rules {
    real rate, lambd, alpha, decay;
    size_t t0, first;
    int present;
};

struct averaged_rules averaged_rules_read(struct call *call);

/* k of step t. */
size_t averaged_count(const struct averaged_rules *rules, size_t t);

/* Inputs w, g, optionally average; outputs w_after and average_after (S,P). */
void averaged_gradient_descent_answer(struct call *call);
