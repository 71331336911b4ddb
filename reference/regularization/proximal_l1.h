// SPDX-License-Identifier: MIT
/* Proximal gradient step for an L1 penalty (soft thresholding, ISTA, FISTA): exact zeros.
 *
 *     v    = z - rate[s] g[s]
 *     w'   = sign(v) max(|v| - rate[s] lambda, 0) / (1 + rate[s] l2)
 *     z'   = w'                                            (none)
 *          = w' + ((t - 1) / t') (w' - w),                 (fista)
 *            t' = (1 + sqrt(1 + 4 t^2)) / 2, t = 1 at the start
 *
 * P parameters, S steps: w (P) at the start, also z; g (S,P) is the gradient at z of the smooth
 * part of the loss, rate (S). w' and z' replace w and z.
 *
 * Conventions: acceleration = none (default) or fista. nonnegative = no (default) or yes: then
 *     w' = max(v - rate lambda, 0) / (1 + rate l2). Number l2 (0): the proximal elastic net, whose
 *     penalty is lambda |w|_1 + l2 |w|^2 / 2.
 * Source: Daubechies, Defrise and De Mol 2004; Beck and Teboulle 2009, section 4; Parikh and Boyd
 *     2014, 6.5.2; document 004 T10 (L1 and sparsity).
 * Edge cases: |v| equal to the threshold gives 0. A zero is +0. |v| - threshold is a decision.
 *     A negative lambda, l2 or rate is refused.
 * Order of operations: rate g, v; threshold = rate lambda; |v| - threshold; the quotient by
 *     1 + rate l2 is taken only when l2 is not 0. z' = w' + ((t - 1) / t') (w' - w), not fused;
 *     t' from 1 + (4 t) t.
 */
#pragma once

#include "../call.h"

/* The soft threshold of v; distance receives |v| - threshold (or v - threshold). */
real proximal_l1_shrink(real v, real threshold, int nonnegative, real *distance);

/* Inputs w (P), g (S,P), rate (S); outputs w_after and z_after (S,P), zeros (S), whole numbers: how
 * many weights are 0 after each step. */
void proximal_l1_answer(struct call *call);
