// SPDX-License-Identifier: MIT
/* Quantile loss, the pinball loss.
 *
 *     d     = t - y
 *     value = q d where d >= 0, else (q - 1) d
 *     slope = -q where d > 0,  1 - q where d < 0
 *
 * N samples, K outputs; y predictions and t targets (N,K). q is the number quantile (1/2), or one
 * for each output, the input quantiles (K); all in [0, 1]. Loss and dy from value and slope, with
 * the conventions of loss.h.
 *
 * Conventions: at_zero (the slope where d = 0) = zero (default); middle: 1/2 - q, the mean of both
 *     sides, as the maximum of two terms has it in PyTorch and JAX.
 * Source: Koenker and Bassett 1978; scikit-learn mean_pinball_loss; document 000 Q31.
 * Edge cases: q = 1/2 is half the absolute error. q = 0 or 1 looks at one side alone.
 * Order of operations: d = t - y; q d or (q - 1) d; -q, 1 - q or 1/2 - q. Then as loss.h says.
 */
#pragma once

#include "loss.h"

/* Inputs y, t, optionally quantiles; outputs loss and dy. */
void quantile_loss_answer(struct call *call);
