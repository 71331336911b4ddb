// SPDX-License-Identifier: MIT
/* Dead units: which units are 0 on a whole batch, and so learn nothing from it.
 *
 *     activity[c] = |{n : |a[n,c]| > threshold}| / N
 *     is_dead[c]  = 1 if activity[c] = 0, otherwise 0
 *     fraction    = sum_c is_dead[c] / C
 *
 * a (N,C): the activations of a batch of N samples, C units; for ReLU, max(0, z).
 *
 * Conventions: number threshold (0: a unit is dead when it is exactly 0 everywhere; GELU and Swish
 * need a small threshold since they are never exactly 0).
 * Source: documents 004 T5 (dying ReLU); Lu et al. 2019, Dying ReLU and initialization.
 * Edge cases: a unit that fires on a single sample is alive. -0 is 0. N = 0 is refused: 0 / 0.
 * Order of operations: comparisons and counts, which are exact, then one quotient each. Every
 *     comparison is certified but those of exact ties.
 */
#pragma once

#include "../call.h"

/* Input a, number threshold; outputs activity, is_dead (C), fraction. */
void dead_units_answer(struct call *call);
