// SPDX-License-Identifier: MIT
/* Log-cosh loss.
 *
 *     value = log(cosh(y - t))
 *     slope = tanh(y - t)
 *
 * N samples, K outputs; y predictions and t targets (N,K). Loss and dy from value and slope, with
 * the conventions of loss.h.
 *
 * Conventions: reduction and normalizer, see loss.h.
 * Source: documents 000, 002 Q31 (regression losses); Keras LogCosh.
 * Edge cases: d^2 / 2 for small errors, with all digits; |d| - log 2 for large ones, where cosh
 *     overflows. 0 at 0.
 * Order of operations: d = y - t, a = |d|. a <= 1: log1p((0.5 f) (-g)), f = expm1(a), g =
 *     expm1(-a), since cosh a - 1 = (e^a - 1) (1 - e^-a) / 2. Above: a + (log1p(exp(-2 a)) - log
 * 2), log 2 rounded once. The branches differ by rounding only. Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void log_cosh_answer(struct call *call);
