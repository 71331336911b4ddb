// SPDX-License-Identifier: MIT
/* Measures of a regression: mean absolute and squared error, its root, R squared, explained
 * variance, the median and the largest error.
 *
 *     e = t - y,  W = sum_n w[n],  mean(v) = sum_n w[n] v[n] / W          for every target k
 *     mae = mean(|e|),  mse = mean(e^2),  rmse = sqrt(mse)
 *     total = sum w (t - mean(t))^2
 *     r_squared          = 1 - sum w e^2 / total
 *     explained_variance = 1 - sum w (e - mean(e))^2 / total
 *     median_absolute_error: the middle of the |e|;  max_error = max |e|
 *     mean_mae, mean_mse, mean_rmse, mean_r_squared, mean_explained_variance: over the K targets
 *
 * N samples, K targets; y predictions and t (N,K), w weight (N) (optional: 1); measures (K), their
 * means scalars. R squared is at most 1 and may be negative; the other way round, y and t
 * exchanged, it is another number.
 *
 * Conventions:
 *   average = uniform (default: scikit-learn, TorchMetrics, Keras) or variance_weighted: R squared
 *     and explained variance are averaged with the weights total[k], or alike if all are 0.
 *   rmse = mean_of_roots (default: scikit-learn since 1.4) or root_of_mean: mean_rmse =
 *     sqrt(mean_mse), as Keras, TorchMetrics and older releases.
 *   constant = finite (default: scikit-learn; where total = 0, a quotient 0 / 0 makes 1, others 0)
 *     or zero (0 always).
 *   median = middle (default: of an even number the mean of both) or lower. With weights always the
 *     smallest |e| at which the weights of all that are not larger reach W / 2.
 * Source: document 004 G8; Kvalseth 1985 (the eight forms of R squared).
 * Edge cases: constant targets, one sample. Refused: no samples or targets, a negative weight,
 *     weights that add up to 0.
 * Order of operations: sums over samples in blocks of products w v, fused, also for w = 1;
 *     divisions by W. Two passes: deviations from the mean first, their squares rounded.
 *     Averages over targets are chains in order. Decisions: total, and for weighted medians what
 *     the weights before and up to it lack to W / 2, and the gaps to all other |e|.
 */
#pragma once

#include "../call.h"

struct regression_metrics {
    size_t N, K, block;
    int by_variance, root_of_mean, zero, lower, weighted;
    const real *y, *t, *w; /* w (N), ones when none are given */
    real W;
    real *mae, *mse, *rmse, *r_squared, *explained, *median, *largest; /* (K) */
    real *mean[5];                                                     /* of the first five */
};

/* Inputs and outputs. */
struct regression_metrics regression_metrics_read(struct call *call);

/* The means over targets; total (K). */
void regression_metrics_average(const struct regression_metrics *m, const real *total);

void regression_metrics_answer(struct call *call);
