// SPDX-License-Identifier: MIT
/* Step (Heaviside): the activation of the first artificial neurons.
 *
 *     y = 1 if x > threshold, low if x < threshold, and by `at_threshold` if x = threshold
 *     low = 0, or -1 with output = bipolar
 *
 * x, y have any shape, here (N,C): N samples of C values. There is no gradient: it is 0 wherever it
 * exists, so the perceptron rule takes its place.
 *
 * Conventions: number threshold = 0. at_threshold = high (1: McCulloch and Pitts, np.where(x >= 0,
 * 1, 0); this suite's default), low, or mean (1/2, or 0 if bipolar: np.heaviside(x, 0.5), np.sign).
 *     output = binary or bipolar.
 * Source: McCulloch and Pitts 1943; documents 002 Q3, 003 Q3, 004 C1.
 * Edge cases: -0 is 0. Every x - threshold that is not 0 is a decision.
 * Order of operations: x is compared with the threshold; nothing is rounded.
 */
#pragma once

#include "../call.h"

/* What there is to the left of the threshold, at it, and to the right of it. */
struct step_levels {
    real threshold, low, middle, high;
};

/* The conventions of a call. */
struct step_levels step_levels_of(struct call *call);

/* y (n) from x (n). */
void step_forward(real *y, const real *x, size_t n, const struct step_levels *levels);

/* Input x (N,C); output y. */
void step_answer(struct call *call);
