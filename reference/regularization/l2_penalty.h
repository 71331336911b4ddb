// SPDX-License-Identifier: MIT
/* L2 penalty (ridge, Tikhonov): large weights cost their square.
 *
 *     penalty = factor (sum_p w[p]^2 + sum_q b[q]^2),   factor = f lambda / samples
 *     dw[p]   = 2 factor w[p] dpenalty
 *     db[q]   = 2 factor b[q] dpenalty
 *
 * w (P) are weights, b (Q) biases; number lambda; dpenalty is a scalar, 1 when it is not given.
 *
 * Conventions: half = no (default: f = 1, Keras's l2, document 004 C6) or yes (f = 1/2, so that the
 *     gradient is lambda w: what PyTorch, Caffe and most papers call weight decay).
 *     biases = excluded (default: they cost nothing and db = 0) or included.
 *     Number samples (1): divides, as the textbook's lambda / 2n, scikit-learn's alpha / 2n, and
 *     Keras's penalty on activities, which is divided by the batch.
 * Source: documents 000-002 Q13, 000-003 Q19, 004 T10, C6; Hoerl and Kennard 1970.
 * Edge cases: lambda 0 gives 0 and no gradient; a negative lambda and samples below 1 are
 *     refused.
 * Order of operations: factor = (f lambda) / samples; the sums over parameters in blocks (sum.h),
 *     weights and biases each, then their sum; one product. dw = ((2 factor) w) dpenalty.
 */
#pragma once

#include "../call.h"

/* (2 factor) w dpenalty. */
void l2_penalty_backward(real *dw, const real *w, real factor, real dpenalty, size_t n);

/* Inputs w (P), optionally b (Q) and dpenalty; outputs penalty, dw, and db. */
void l2_penalty_answer(struct call *call);
