// SPDX-License-Identifier: MIT
/* Training that fails, goes back to a checkpoint and tries again.
 *
 *     attempt a = 0, 1, ... at step s, from 0, with weights w and velocity v:
 *         l, G = sum_k n_sk (l_sk, g_sk) / sum_k n_sk at w over the micro-batches of row s
 *         fail[a] = 1: the attempt is lost; s, w, v become those of the last checkpoint
 *         otherwise:  v <- mu v + (G + decay w), w <- w - rate_s v, s <- s + 1, and when s is a
 *                     multiple of `every` all of it is kept as a checkpoint
 *     until s = R. The first checkpoint is the start. After the last element of fail nothing fails.
 *
 * Network, samples and size (R,V) as in replicas.h, no micro-batch empty; rate (R); fail (T),
 * whole. Outputs: loss (R) and w1_after, ... (R,...) of each step as it was made last; attempts (R,
 * whole); total (all attempts), lost (steps that had been made and were undone), whole.
 *
 * Conventions: restored = all (default: with what is above the run ends in the bits of one that
 *     never failed) or weights (v <- 0: the optimizer's state was not saved).
 *   batches = replayed (default: a step has the same row whenever it is made) or onward (a stream
 *     that is not rewound: attempt a takes row a mod R, so that batches of lost steps are not seen
 *   again). Numbers: every (1), momentum (mu, 0), weight_decay (0).
 * Source: document 000 Q46 (fault tolerance, automatic retries), documents 001-003 Q46.
 * Edge cases: no failure: plain training. A failure before the first checkpoint starts again from
 *     the start. Refused: an element of fail that is not 0 or 1, every of 0, an empty micro-batch.
 * Order of operations: n g and n l in the tree of replicas.h, one division each; the rest as
 *     written.
 */
#pragma once

#include "replicas.h"

struct retried_training {
    struct replicas r;
    struct replicas_rules rules;
    size_t T, every;
    int weights_only, onward;
    const int *fail;
    const real *rate;
};

/* Reads the request. */
void retried_training_read(struct call *call, struct retried_training *t);

void retried_training_answer(struct call *call);
