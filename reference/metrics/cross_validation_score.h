// SPDX-License-Identifier: MIT
/* Cross-validated scores of several models, and the choice among them.
 *
 *     score[m,k]        = mean of loss[n,m] over the samples n of fold k
 *     center[m]         = mean_k score[m,k]
 *     deviation[m]      = sqrt(sum_k (score[m,k] - center[m])^2 / (K - ddof))
 *     standard_error[m] = deviation[m] / sqrt(K)
 *     mean[m]           = center[m], or the mean over all samples
 *     best              = argmin_m mean[m]
 *     selected          = best, or the first m with mean[m] <= mean[best] + standard_error[best]
 *
 * N samples, M models from the simplest to the richest, K folds; loss (N,M), each of a sample by
 * the model that was trained without its fold; fold (N) in 0..K-1. Outputs score (M,K), mean,
 * deviation, standard_error (M), best, selected (whole).
 *
 * Conventions:
 *   aggregate = folds (default: scikit-learn's cross_val_score().mean()) or pooled: all samples
 *     count alike (Kohavi 1995; cross_val_predict); they differ when folds do;
 *   better = smaller (default: losses) or larger (accuracies; argmax, and mean[best] - error);
 *   rule = best (default) or one_standard_error (Breiman et al. 1984; glmnet's lambda.1se): the
 *     simplest model within one standard error of the best;
 *   ties = first (default) or last, of equal means, for best.
 * Numbers: folds, ddof (0: NumPy's std, as scikit-learn prints; 1: statistics).
 * Source: documents 000 Q42, 004 G15 and 003 Q42 (strategies of model selection).
 * Edge cases: equal folds, where both aggregates agree. Refused: an empty fold, ddof that leaves
 *     nothing to divide by, no models.
 * Order of operations: sums over the samples in blocks, one per fold and model; a chain over the
 *     folds; gaps squared, a chain. The pooled sum is one of its own. Decisions: gaps of means to
 *     the best, and to the border of one error.
 */
#pragma once

#include "../call.h"

struct cross_validation {
    size_t N, M, K, block;
    int pooled, larger, one_error, last;
    real divisor; /* K - ddof */
    const real *loss;
    const int *fold;
    real *score, *mean, *deviation, *error, *best, *selected; /* outputs */
};

struct cross_validation cross_validation_read(struct call *call);

/* best and selected, from mean and error. */
void cross_validation_select(struct call *call, const struct cross_validation *c);

void cross_validation_score_answer(struct call *call);
