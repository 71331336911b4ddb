// SPDX-License-Identifier: MIT
/* Inception score: confident and varied predictions of a classifier on samples.
 *
 *     for each split s of the N samples:  q[c] = mean over its samples of p[n,c]
 *         score[s] = exp(mean over its samples of sum_c p[n,c] (log p[n,c] - log q[c]))
 *     mean = mean_s score[s],  deviation = sqrt(sum_s (score[s] - mean)^2 / (S - ddof))
 *
 * N samples, C classes, S splits; p (N,C) probabilities, or logits z (N,C): p = softmax. Split s
 * holds the samples floor(s N / S) .. floor((s + 1) N / S) - 1. Outputs score (S), mean, deviation,
 * marginal q (S,C). 1 is the worst (all predictions alike), C the best.
 *
 * Conventions: form = divergence (default) or entropies: exp(H(q) - mean H(p)), the same number by
 *     another sum; input p or z. 0 log 0 = 0.
 * Numbers: splits (1; the authors use 10), ddof (0: numpy.std).
 * Source: Salimans et al. 2016, section 4; Barratt and Sharma 2018 (what is wrong with it);
 *     document 004 C8.
 * Edge cases: probabilities of 0. Refused: no samples, more splits than samples, negative
 *     probabilities, ddof that leaves nothing to divide by.
 * Order of operations: softmax: exp(z - max), divided by their chain; q: sums over the samples of a
 *     split in blocks that begin with it, divided by their number. Per sample a fused chain over
 *     the classes of p and the difference of logarithms, with p = 0 left out; sums in blocks,
 *     divided; exp. Entropies: - a chain of p log p each.
 */
#pragma once

#include "../call.h"

struct inception {
    size_t N, C, S, block;
    int entropies;
    real divisor;
    real *p; /* (N,C) */
    real *score, *mean, *deviation, *marginal;
};

/* Inputs and outputs. */
struct inception inception_score_read(struct call *call);

void inception_score_answer(struct call *call);
