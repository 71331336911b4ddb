// SPDX-License-Identifier: MIT
/* Mean squared logarithmic error.
 *
 *     l          = log(1 + y[n,k]) - log(1 + t[n,k])
 *     value[n,k] = l^2
 *     slope[n,k] = 2 l / (1 + y[n,k])
 *
 * N samples, K outputs; y predictions and t targets above -1 (N,K); loss and dy from value and
 * slope, with the conventions of loss.h.
 *
 * Conventions:
 *   clip = no (scikit-learn, torchmetrics, default): as above; yes (Keras): y and t are raised to
 *     epsilon (1e-7) first, and the slope is 0 where y has been.
 * Source: Keras, scikit-learn and torchmetrics documentation; document 000 Q31 (regression losses).
 * Edge cases: y = t gives exactly 0. y or t of -1 or less have no logarithm: refused, unless they
 *     are clipped.
 * Order of operations: log1p(y) - log1p(t); l l; 2 l / (1 + y). Then as loss.h says.
 */
#pragma once

#include "loss.h"

/* Inputs y, t; outputs loss and dy. */
void mean_squared_logarithmic_error_answer(struct call *call);
