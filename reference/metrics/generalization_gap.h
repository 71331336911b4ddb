// SPDX-License-Identifier: MIT
/* Generalization gap: how much worse models do on data they have not seen.
 *
 *     train[a] = mean_n train_loss[n,a],  test[a] = mean_m test_loss[m,a]
 *     gap[a]   = test - train              (scores: train - test), or that divided by train
 *     error[a] = sqrt(var(train_loss) / N + var(test_loss) / M),  var with N - ddof, M - ddof
 *     widest   = argmax_a gap[a]
 *
 * A models (one per batch size, say), N training and M test samples; train_loss (N,A), test_loss
 * (M,A); outputs train, test, gap, error (A), widest (whole). error is the standard error of test -
 * train, of independent samples.
 *
 * Conventions: measure = loss (default) or score (accuracies and the like, where larger is better);
 *     scale = absolute (default) or relative (divided by train).
 * Numbers: ddof (1).
 * Source: document 004 S5 (large batches and sharp minima); Keskar et al. 2017.
 * Edge cases: equal gaps: the first is the widest. A negative gap is no mistake. Refused: no
 *     samples or models, ddof that leaves nothing to divide by, a mean of 0 to be relative to.
 * Order of operations: sums over samples in blocks, divided; gaps to the mean squared, summed in
 *     blocks, divided by N - ddof and then by N; their sum, root. Decisions: gaps against the
 *     widest.
 */
#pragma once

#include "../call.h"

struct generalization {
    size_t A, N, M, block;
    int score, relative;
    real over_n, over_m; /* N - ddof, M - ddof */
    const real *train_loss, *test_loss;
    real *train, *test, *gap, *error, *widest;
};

/* Inputs and outputs. */
struct generalization generalization_gap_read(struct call *call);

void generalization_gap_answer(struct call *call);
