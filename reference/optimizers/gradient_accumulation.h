// SPDX-License-Identifier: MIT
/* Gradient accumulation: several micro-batches, then one update.
 *
 *     G_k = sum of the gradients g_n of the samples n of micro-batch k, size_k of them
 *     update u takes micro-batches k = u every .. u every + every - 1, those there are:
 *     samples:       G = (sum_k G_k) / (sum_k size_k)     (what one large batch would give)
 *     equal:         G = (sum_k G_k / size_k) / count
 *     sum_of_means:  G = sum_k G_k / size_k
 *     sum:           G = sum_k G_k
 *     w <- w - rate_u (G + decay w)
 *
 * g (N,P) the gradient of each sample's own loss, size (K) samples of each micro-batch in order, w
 * the start (P), rate (S), one for each of the S updates.
 *
 * Conventions:
 *   average = samples (default: losses divided by what the whole batch holds; transformers since
 *     4.46), equal (loss / accumulation_steps: the usual loop, Lightning, old transformers),
 *     sum_of_means (backward() again and again without a division) or sum (losses that are sums).
 *   count (of equal) = stated (default: always `every`, also for a short last group, as loops do)
 *     or present (the micro-batches that are there).
 *   last = step (default: a last group that is not full makes an update; transformers, Lightning)
 *     or drop.
 *   Numbers: every (1), weight_decay (0, once an update).
 *   Accumulating in a lower precision is not part of this definition.
 * Source: documents 000 Q49, 004 S3 (mini-batches), T34 (memory); Goyal et al. 2017, section 3.
 * Edge cases: micro-batches of one size: samples and equal agree. every = 1: no accumulation. An
 *     empty micro-batch has no mean and is refused, as are sizes that do not add up to N.
 * Order of operations: G_k is a sum over all samples in which those of other micro-batches are 0
 *     (sum.h: chains in blocks of `block` samples, then the tree); micro-batches are added from the
 *     first to the last, starting from 0; everything else as written.
 */
#pragma once

#include "optimizer.h"

enum accumulation { ACCUMULATE_SAMPLES, ACCUMULATE_EQUAL, ACCUMULATE_MEANS, ACCUMULATE_SUM };

struct accumulation_rules {
    enum accumulation average;
    int counts_present, drops;
    size_t N, P, K, S, every, block;
    real decay;
    const int *size; /* (K) */
};

/* Reads size and the conventions; binds S to the number of updates. */
struct accumulation_rules accumulation_rules_read(struct call *call);

/* G (P) of update u from the sums (K,P). */
void accumulation_combine(real *G, const real *sum, size_t u,
                          const struct accumulation_rules *rules);

/* Inputs g, size, w, rate; outputs w_after, gradient (G) (S,P). */
void gradient_accumulation_answer(struct call *call);
