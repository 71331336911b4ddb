// SPDX-License-Identifier: MIT
/* L1 penalty (lasso): weights cost their magnitude, so that many of them end at 0.
 *
 *     penalty = factor sum_p |w[p]|,    factor = lambda / samples
 *     dw[p]   = factor s(w[p]) dpenalty,    s = -1, slope_at_zero, 1 for w < 0, = 0, > 0
 *
 * w (P) parameters; number lambda; dpenalty is a scalar, 1 when it is not given.
 *
 * Conventions: number slope_at_zero (0: PyTorch, TensorFlow, JAX's sign; some code has 1, any value
 *     in [-1, 1] is a subgradient). Number samples (1) divides, see l2_penalty.h.
 * Source: Tibshirani 1996; documents 000-002 Q13, 000-003 Q19, 004 T10.
 * Edge cases: -0 is 0. Steps along this gradient do not stop at 0; for exact zeros see
 *     proximal_l1.h. Every sign is a decision. A negative lambda, samples below 1 and a
 *     slope_at_zero outside [-1, 1] are refused.
 * Order of operations: factor = lambda / samples; magnitudes added in blocks (sum.h), one product;
 *     dw = (factor s) dpenalty.
 */
#pragma once

#include "../call.h"

/* -1, at_zero or 1. */
real l1_penalty_sign(real w, real at_zero);

/* Inputs w (P), optionally dpenalty; outputs penalty and dw. */
void l1_penalty_answer(struct call *call);
