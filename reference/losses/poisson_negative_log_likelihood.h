// SPDX-License-Identifier: MIT
/* Poisson negative log-likelihood, of counts.
 *
 *     logarithms:  value = e^y - t y [+ s],               slope = e^y - t
 *     rates:       value = y - t log(y + epsilon) [+ s],  slope = 1 - t / (y + epsilon)
 *     s = t log t - t + log(2 pi t) / 2 for t > 1, else 0: Stirling's log t!
 *
 * N samples, K outputs; y logarithms of rates, or rates (at least 0); t counts (N,K), whole
 * numbers. Loss and dy from value and slope, with the conventions of loss.h.
 *
 * Conventions:
 *   input = logarithms (PyTorch, default) or rates (Keras); epsilon 1e-8 (Keras: 1e-7), with rates
 *     alone.
 *   full = no (default) or yes: with s, which the gradient does not see.
 * Source: documents 000, 002 Q31 (regression losses); PyTorch PoissonNLLLoss, Keras Poisson.
 * Edge cases: t = 0: the rate alone. t = 1: log 1! = 0, and s is not used.
 * Order of operations: e^y - t y; y - t log(y + epsilon); s = (t log t - t) + log((2 pi) t) / 2, 2
 * pi rounded once; then value + s. Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void poisson_negative_log_likelihood_answer(struct call *call);
