// SPDX-License-Identifier: MIT
/* Huber loss, with its relatives smooth L1 and pseudo-Huber.
 *
 *     d = y - t,  a = |d|
 *     huber:         value = d^2 / 2 where a <= delta, else delta (a - delta / 2)
 *                    slope = d, else delta sign(d)
 *     smooth_l1:     value = d^2 / (2 beta) where a < beta, else a - beta / 2
 *                    slope = d / beta, else sign(d)
 *     pseudo_huber:  value = delta^2 (sqrt(1 + (d / delta)^2) - 1)
 *                    slope = d / sqrt(1 + (d / delta)^2)
 *
 * N samples, K outputs; y predictions and t targets (N,K); loss and dy from value and slope, with
 * the conventions of loss.h.
 *
 * Conventions:
 *   form = huber (default), smooth_l1 or pseudo_huber. huber = delta smooth_l1 for beta = delta, so
 *     they agree at 1 only.
 *   delta (1, above 0) of huber and pseudo_huber; beta (1, at least 0) of smooth_l1. With beta = 0
 *     it is the mean absolute error, with sign(0) = 0.
 * Source: Huber 1964; smooth L1: Girshick 2015; documents 001, 002 Q9.
 * Edge cases: at a = delta both branches are the same, in value and slope.
 * Order of operations: huber: (d / 2) d, else delta (a - delta / 2). smooth_l1: ((d / 2) d) / beta.
 *     pseudo_huber: u = d / delta, r = sqrt(1 + u u), value = d (d / (1 + r)), which does not
 *     cancel, slope = d / r. Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void huber_answer(struct call *call);
