// SPDX-License-Identifier: MIT
/* Max-norm constraint: after each update, the weights of a unit are scaled back to a ball.
 *
 *     norm[u]    = sqrt(sum over the weights of unit u of w^2)
 *     w_after    = w limit / (norm + epsilon) where norm > limit, else w               (clip)
 *                = w (min(norm, limit) / (epsilon + norm)), always                     (rescale)
 *
 * w (I,O): I inputs, O outputs; number limit.
 *
 * Conventions: unit = column (default: the incoming weights of an output, Keras's axis 0 of a dense
 *     kernel) or row (those of an input; of PyTorch's transposed weight, embedding max_norm). form
 * = clip (default; torch.renorm, embeddings) or rescale (Keras's MaxNorm, which scales weights
 *     inside the ball too, by norm / (epsilon + norm)). Number epsilon (0; Keras and torch.renorm
 *     have 1e-7).
 * Source: Srebro and Shraibman 2005; Srivastava et al. 2014, section 5.1 (with dropout); documents
 *     000-003 Q13, 004 T10.
 * Edge cases: a norm equal to the limit is inside. A unit of zeros stays. A limit that is not
 *     positive and a negative epsilon are refused. norm - limit is a decision.
 * Order of operations: one chain of squares over the unit in index order, a root; clip: one
 *     quotient limit / (norm + epsilon), then products; rescale: one quotient, then products. With
 *     norm + epsilon = 0 the weights stay.
 */
#pragma once

#include "../call.h"

/* Inputs w (I,O); outputs norm (O or I) and w_after. */
void max_norm_constraint_answer(struct call *call);
