// SPDX-License-Identifier: MIT
/* Activity penalty: large outputs of a layer cost something, not its weights.
 *
 *     penalty = (l1 sum |a| + l2 sum a^2) / W
 *     da      = (l1 sign(a) + 2 l2 a) / W  dpenalty
 *
 * a (N,C) are the activities of C units for N samples; dpenalty is a scalar, 1 when it is not
 * given.
 *
 * Conventions: divided = batch (default: W = N; what Keras documents), nothing (W = 1: Keras 3
 *     before keras#22021, and what summing in a training loop gives: stronger in larger batches) or
 *     elements (W = N C, the mean of PyTorch's a.abs().mean()). at_zero = zero (default), right or
 *     left: the slope of |a| at 0 is 0, 1 or -1. Numbers l1 and l2 (0).
 * Source: Glorot, Bordes and Bengio 2011 (L1 on activities); Merity, McCann and Socher 2017 (L2,
 *     activation regularization); Keras, activity_regularizer.
 * Edge cases: dead units (0) cost nothing and get the slope at 0. Negative strengths and a batch
 *     without samples are refused.
 * Order of operations: in a row chains, the squares fused; rows in blocks; (l1 A + l2 S) / W; da =
 *     ((l1 sign + (2 l2) a) / W) dpenalty.
 */
#pragma once

#include "../call.h"

struct activity {
    real l1, l2, W, at_zero, dpenalty;
    size_t N, C, block;
    const real *a;
    real *penalty, *da, *row; /* outputs; (2,N) */
};

/* Reads inputs, makes outputs, states the decisions. */
struct activity activity_read(struct call *call);

/* Inputs a, and optionally dpenalty; outputs penalty, da. */
void activity_penalty_answer(struct call *call);
