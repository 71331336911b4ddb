// SPDX-License-Identifier: MIT
/* Stopping a run: when the loss has converged, or the epochs are used up.
 *
 *     gain of epoch e = 1, 2 ..:  previous:  |loss_{e-1} - loss_e|
 *                                 best:      best - loss_e, where best is the least loss before e
 *     e is still when  gain <= tolerance                    (absolute)
 *                  or  gain <= tolerance |what it is compared with|   (relative)
 *     training stops after the first epoch that ends `patience` still epochs in a row, or after
 *     epoch `epochs` - 1
 *
 * loss (E). still (E): 1 for each still epoch that was trained (the first never is); last: the last
 * epoch that was trained; converged: 1 if it was stillness that stopped it.
 *
 * Conventions: compared = previous (default: R's and SciPy's solvers) or best (scikit-learn's tol
 *     with n_iter_no_change). threshold = absolute (default) or relative.
 *     Numbers: tolerance (at least 0), patience (1), epochs (E; at most E).
 * Source: Bertsekas 1999, section 1.2; scikit-learn's documentation; documents 004 T4, C7.
 * Edge cases: a gain equal to the tolerance is still, so tolerance 0 stops where nothing moves at
 *     all. A loss that grows is no gain: with best it is still, with previous it moves.
 * Order of operations: one difference; the tolerance or its product with the magnitude; gain minus
 *     that is a decision.
 */
#pragma once

#include "../call.h"

struct convergence_rules {
    int of_best, relative;
    real tolerance;
    size_t patience, epochs;
};

/* Gain minus what it must exceed, from the loss and what it is compared with. */
real convergence_distance(const struct convergence_rules *rules, real loss, real before);

/* Input loss; outputs still (E), last, converged, whole numbers. */
void convergence_stop_answer(struct call *call);
