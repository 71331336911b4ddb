// SPDX-License-Identifier: MIT
/* Linear relaxation bounds (CROWN): a network of ReLUs between two linear functions of its input,
 * whose smallest margin in a box is a certificate.
 *
 *     low_l <= z_l <= high_l in the box max(x - epsilon, low) .. min(x + epsilon, high)
 *     of a unit with low < 0 < high:  a z <= relu(z) <= s (z - low),  s = high / (high - low)
 *     a linear function A relu(z) + c is at least  sum_j A_j a_j z_j (A_j >= 0)
 *         + sum_j A_j s_j (z_j - low_j) (A_j < 0) + c;  z = a' w + b leads to the layer below
 *     at the input  A x + c >= A m - |A| r + c, m and r the middle and radius of the box
 *     margins[n,k] = this bound for z[y] - z[k], y = labels[n]; 0 at the label
 *     margin[n]    = min_{k != y} margins[n,k]; certified where it is above 0
 *     accuracy     = the share of certified samples
 *
 * x (N,D), labels (N), the network w1, b1, ... with K >= 2 outputs: multilayer_perceptron.h.
 * Outputs margins (N,K), margin, certified (N), accuracy, and low1, high1, low2, ... (N,units):
 * the bounds of the hidden layers.
 *
 * Conventions: epsilon at least 0.
 *   slope a = adaptive (CROWN: 1 where high > -low, else 0; default), parallel (a = s: Fast-Lin,
 *     and Wong and Kolter 2018), zero or one.
 *   hidden = linear (default: bounds of hidden layers in the same way) or intervals (by interval
 *     bound propagation: CROWN-IBP, Zhang et al. 2020).
 *   box = clip (default) to [low, high] = [0, 1], or none.
 * Source: Zhang et al. 2018, section 3; Weng et al. 2018; documents 000 Q41, 004 T41. Interval
 *     bounds are the case in which every layer is bounded by itself.
 * Edge cases: units that cannot change sign in the box are linear or 0. Without hidden layers the
 *     bound is exact. Equal A on both sides of 0 does not matter, since A = 0 adds nothing.
 *     Refused: activations other than ReLU. The arithmetic rounds, so a margin within rounding of
 *     0 proves nothing. No gradient is defined here.
 * Order of operations: lower bound of row A from c: for each hidden layer from the last, c in a
 *     chain over units of A_j t_j, t = -(s low) where A_j < 0 and the unit changes sign, else 0;
 *     B_j = A_j times a_j or s_j; c in a chain of B_j b_j; then A = chains over units of w B.
 *     Last: the chain of A m from c, less the chain of |A| r from 0. Upper bounds: minus the lower
 *     bound of -A, -c. intervals: as interval_bound_propagation.h.
 */
#pragma once

#include "../foundations/multilayer_perceptron.h"

void linear_relaxation_bounds_answer(struct call *call);
