// SPDX-License-Identifier: MIT
/* Kullback-Leibler divergence of the input's distribution from the target's, KL(p || q).
 *
 *     value = p (log p - log q),  0 where p = 0
 *     slope = -p with respect to log q;  -p / q with respect to q
 *
 * N samples, K outcomes; t the target p or log p, y the input q or log q (N,K). Nobody checks that
 * they add to 1. Loss and dy from value and slope, with the conventions of loss.h; the textbook's
 * sum over outcomes, averaged over samples, is reduction = mean_of_sums.
 *
 * Conventions:
 *   input = logarithms (PyTorch, default): y = log q; probabilities: y = q, which must be above 0
 *     where there is no clipping.
 *   target = probabilities (default): t = p, at least 0; logarithms: t = log p.
 *   clip = no (default); yes (Keras): p and q that are probabilities are moved into [epsilon, 1]
 *     first, epsilon 1e-7; slopes are 0 where q has been.
 * Source: Kullback and Leibler 1951; documents 000 Q41, 003 Q41.
 * Edge cases: 0 log 0 = 0. The first argument of KL(p || q) is the target, the second of this
 *     function's: exchanging them is another divergence.
 * Order of operations: l = log p or t, m = log q or y, p = e^t where t = log p; p (l - m); -p or
 *     -(p / q). Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void kullback_leibler_divergence_answer(struct call *call);
