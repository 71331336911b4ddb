// SPDX-License-Identifier: MIT
/* Binary cross-entropy, from logits or from probabilities; the log loss.
 *
 *     from logits:         value = p t softplus(-z) + (1 - t) softplus(z)
 *                          slope = (1 - t) sigmoid(z) - p t sigmoid(-z)
 *     from probabilities:  value = -(p t log y + (1 - t) log(1 - y))
 *                          slope = (1 - t) / (1 - y) - p t / y
 *     softplus(z) = max(z, 0) + log1p(e^-|z|);  sigmoid(z) = 1 / (1 + e), or e / (1 + e) below 0,
 *     e = e^-|z|
 *
 * N samples, K outputs; z logits or y probabilities, and t targets in [0, 1] (N,K); p (K) the input
 * pos_weight, 1 without it, stands before the positive term alone. Loss and dz or dy from value and
 * slope, with the conventions of loss.h.
 *
 * Conventions:
 *   form = logits (default), with input z; or probabilities, with input y and
 *     clip = none (default): y must be strictly between 0 and 1;
 *     clip = logarithm (PyTorch): both logarithms are at least -100, and
 *       slope = (y - t) / max((1 - y) y, 1e-12), which does not know of the -100; without
 * pos_weight; clip = probability (Keras): y is moved into [epsilon, 1 - epsilon] first, and the
 * slope is 0 where it has been; epsilon 1e-7; clip = shift (old PyTorch): log(y + epsilon) and
 * log(1 - y + epsilon); epsilon 1e-12.
 * Source: documents 000, 003 Q9, 004 C2, C6, C8, G19; log loss: 000 Q9, 004 G8.
 * Edge cases: targets outside [0, 1] (but for 1e-6 above 1, which counts as rounding), negative
 *     weights and an epsilon of 0 or less are refused. From logits nothing overflows or is lost at
 *     |z| = 1000. With soft targets the minimum is the entropy of t, not 0.
 * Order of operations: logits: u = softplus(-z), v = softplus(z), (p t) u + (1 - t) v; (1 - t)
 *     sigmoid(z) - (p t) sigmoid(-z). probabilities: a = log y, b = log(1 - y),
 *     -((p t) a + (1 - t) b); (1 - t) / (1 - y) - (p t) / y, with 1 - y + epsilon and y + epsilon
 *     as denominators for shift. Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void binary_cross_entropy_answer(struct call *call);
