// SPDX-License-Identifier: MIT
/* Mean absolute error.
 *
 *     value[n,k] = |y[n,k] - t[n,k]|
 *     slope[n,k] = sign(y[n,k] - t[n,k])
 *
 * N samples, K outputs; y predictions and t targets (N,K); loss and dy from value and slope, with
 * the conventions of loss.h.
 *
 * Conventions: reduction and normalizer, see loss.h. Its mean is what metrics call MAE.
 * Source: documents 001, 003 Q9, 000 Q31, 004 G8 ("average of absolute differences").
 * Edge cases: sign(0) = 0, as PyTorch, TensorFlow and JAX have it: every number in [-1, 1] is a
 *     subgradient there.
 * Order of operations: d = y - t; then as loss.h says.
 */
#pragma once

#include "loss.h"

/* Inputs y, t; outputs loss and dy. */
void mean_absolute_error_answer(struct call *call);
