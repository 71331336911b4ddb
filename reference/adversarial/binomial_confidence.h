// SPDX-License-Identifier: MIT
/* Confidence bounds of a probability from counts: what a certificate from votes rests on.
 *
 *     P(lower[n] <= p) >= 1 - a,  P(p <= upper[n]) >= 1 - a     of successes[n] out of trials[n]
 *
 * successes, trials, lower, upper (N). Formulas: certificate.h.
 *
 * Conventions: alpha (0.05) in (0, 1).
 *   bound = clopper_pearson (exact, never too narrow; default), hoeffding (exact too, and wider),
 *     wilson or wald (approximate, and wald too narrow near 0 and 1: no certificates).
 *   side = two (default: a = alpha / 2, so that [lower, upper] holds p with 1 - alpha; statsmodels'
 *     proportion_confint, SciPy's proportion_ci) or one (a = alpha: each bound for itself, as
 *     randomized smoothing needs; its published code calls statsmodels with 2 alpha).
 * Source: Clopper and Pearson 1934; Hoeffding 1963; Wilson 1927; Cohen, Rosenfeld and Kolter 2019,
 *     section 3.2; document 000 Q41, 004 T41. This is the computable core of a certificate.
 * Order of operations: that of certificate.h, with alpha / 2 first where two sides are asked for.
 * Edge cases: no success gives lower = 0, all gives upper = 1. Refused: more successes than trials,
 *     no trials.
 */
#pragma once

#include "certificate.h"

void binomial_confidence_answer(struct call *call);
