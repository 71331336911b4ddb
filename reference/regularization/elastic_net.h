// SPDX-License-Identifier: MIT
/* Elastic net: L1 and L2 penalty together.
 *
 *     penalty = a sum_p |w[p]| + s sum_p w[p]^2
 *     dw[p]   = (a sign(w[p]) + 2 s w[p]) dpenalty,    sign(0) = 0
 *
 * w (P) parameters; dpenalty is a scalar, 1 when it is not given.
 *
 * Conventions: form = separate (default: a = number l1, s = number l2; Keras's l1_l2) or ratio
 *     (a = lambda ratio, s = lambda (1 - ratio) / 2; glmnet and scikit-learn, whose alpha is lambda
 *     and whose l1_ratio is ratio).
 * Source: Zou and Hastie 2005; documents 000-003 Q19, 004 T10.
 * Edge cases: ratio 1 is the L1 penalty, ratio 0 half of the L2 penalty; a ratio outside [0, 1] and
 *     a negative l1, l2 or lambda are refused. Every sign is a decision.
 * Order of operations: both sums over parameters in blocks (sum.h); two products and their sum, not
 *     fused; s = (lambda (1 - ratio)) / 2. dw = (a sign + (2 s) w) dpenalty, not fused.
 */
#pragma once

#include "l1_penalty.h"

struct elastic_net_weights {
    real a, s; /* of magnitudes, of squares */
};

/* From the numbers l1 and l2, or lambda and ratio. */
struct elastic_net_weights elastic_net_read(struct call *call);

/* Inputs w (P), optionally dpenalty; outputs penalty and dw. */
void elastic_net_answer(struct call *call);
