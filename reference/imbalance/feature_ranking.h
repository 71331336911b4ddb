// SPDX-License-Identifier: MIT
/* Univariate selection of features: each is scored by itself for how well it tells the classes
 * apart, and the best ones are kept.
 *
 *     total[c,d] = sum of x[n,d] over the samples of class c,  count[c] of them,  K classes with
 *     samples
 *     anova:       mean[c] = total[c] / count[c],  mean = sum_c total[c] / N
 *                  between = sum_c count[c] (mean[c] - mean)^2,  within = sum_n (x[n] -
 *                  mean[label])^2 score = (between / (K - 1)) / (within / (N - K))
 *     chi_squared: expected[c] = (count[c] / N) sum_k total[k]
 *                  score = sum_c (total[c] - expected[c])^2 / expected[c]
 *     rank[d]     = 1 + number of features of higher score; equal scores by the convention ranks
 *     selected[d] = 1 for the first `select` features, else 0
 *
 * x (N,D), label (N), numbers classes (C), select (1). Outputs total (C,D), score, rank, selected
 * (D).
 *
 * Conventions: method = anova (default; scikit-learn's f_classif) or chi_squared (its chi2, for
 *     counts and frequencies). ranks of equal scores = ordinal (default: 1, 2, 3 by index), minimum
 *     (1, 1, 3; competition) or average (1.5, 1.5, 3). Whatever the ranks, features are selected by
 *     ordinal rank. ties = first (default: of equal scores the first feature comes first) or last.
 * Source: Guyon and Elisseeff 2003, section 2; document 000 Q40.
 * Edge cases: a feature that is constant has score 0, by its values (not by a variance of 0, which
 *     rounding may miss; scikit-learn gives NaN and a warning). Refused: a feature that is constant
 *     in every class but not over all, whose F is infinite; fewer than two classes with samples, N
 *     = K; negative values under chi_squared; select above D.
 * Order of operations: totals: samples in blocks. Sums over classes: chains from 0; between and
 *     chi_squared: (gap gap) count, and (gap gap) / expected. within: (gap gap) over samples in
 *     blocks. Decisions: the differences of all pairs of scores.
 */
#pragma once

#include "../call.h"

struct ranking {
    size_t N, D, C, K, block, select;
    const real *x;
    const int *label;
    int by_chi, ranks, last_wins;
    int *count; /* (C) */
    real *total, *score, *rank, *selected;
};

/* Reads a call and makes its outputs; count and K are filled. */
struct ranking feature_ranking_read(struct call *call);

/* total and score; rank and selected. */
void ranking_score(struct call *call, const struct ranking *is);
void ranking_order(struct call *call, const struct ranking *is);

/* Whether feature d has one value only. */
int ranking_is_constant(const struct ranking *is, size_t d);

/* Inputs and outputs as above. */
void feature_ranking_answer(struct call *call);
