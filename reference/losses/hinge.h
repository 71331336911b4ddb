// SPDX-License-Identifier: MIT
/* Hinge loss, as of support vector machines.
 *
 *     h = margin - s y,  s = t, or 2 t - 1
 *     value = h where h > 0, else 0;             squared: h^2
 *     slope = -s where h > 0, else 0;            squared: -2 s h
 *
 * N samples, K outputs; y scores (N,K), t labels (N,K), whole numbers. Loss and dy from value and
 * slope, with the conventions of loss.h.
 *
 * Conventions:
 *   labels = signs (default): t is -1 or +1; zero_one: t is 0 or 1. (Keras converts such labels by
 *     itself when it sees no -1; here it is stated.)
 *   squared = no (default) or yes.
 *   margin (1): scikit-learn, Keras and the textbooks have 1.
 * Source: Cortes and Vapnik 1995; documents 001, 002 Q9.
 * Edge cases: at h = 0 the slope is 0 (any number in [-1, 0] s is a subgradient).
 * Order of operations: h = margin - s y; h h; -((2 s) h). Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void hinge_answer(struct call *call);
