// SPDX-License-Identifier: MIT
/* Bootstrap interval of a statistic: how far it may be off, from the sample itself.
 *
 *     observed     = s(x)
 *     replicate[b] = s(x[index[b,0]], x[index[b,1]], ...)       b < B
 *     error        = sqrt(sum_b (replicate[b] - their mean)^2 / (B - 1))
 *     low, high    = quantiles of the replicates at (1 - level) / 2 and 1 - (1 - level) / 2
 *     basic:  low = 2 observed - upper quantile,  high = 2 observed - lower quantile
 *
 * N values x (N), B resamples of N indices, index (B,N) in 0..N-1. Outputs observed, replicate (B),
 * error, low, high.
 *
 * Conventions:
 *   statistic = mean (default), median (the mean of both middle values) or deviation (over N - 1);
 *   interval = percentile (default) or basic (Davison and Hinkley 1997, section 5.2), which turns
 *     the percentile interval around;
 *   quantile: where p stands among the sorted v[0 .. B-1], Hyndman and Fan 1996:
 *     linear (default; NumPy, R's type 7):  h = (B - 1) p, between v[floor h] and the next
 *     weibull (type 6): h = (B + 1) p - 1;  hazen (type 5): h = B p - 1/2;
 *     median_unbiased (type 8): h = (B + 1/3) p - 2/3;  h is kept within 0 .. B-1
 *     lower, higher, nearest, midpoint: v of the floor or ceiling of (B - 1) p, of the nearer one,
 *     the lower at a half, or the mean of both
 *     inverse (type 1): v[ceil(B p) - 1], at least v[0].
 * Numbers: level (0.95).
 * Source: document 004 G8 (measures of a test set are estimates); Efron and Tibshirani 1993.
 * Edge cases: equal replicates. Refused: fewer than two resamples or values, a level beyond 0..1.
 * Order of operations: chains in the order of the draw, divided; gaps squared, a chain; h from left
 *     to right; v + f (next - v). Decisions: h of lower, higher, midpoint and inverse against the
 *     whole numbers around it, of nearest against the half between them.
 */
#pragma once

#include "../call.h"

enum bootstrap_statistic { BOOTSTRAP_MEAN, BOOTSTRAP_MEDIAN, BOOTSTRAP_DEVIATION };
enum quantile_rule {
    QUANTILE_LINEAR,
    QUANTILE_WEIBULL,
    QUANTILE_HAZEN,
    QUANTILE_MEDIAN_UNBIASED,
    QUANTILE_LOWER,
    QUANTILE_HIGHER,
    QUANTILE_NEAREST,
    QUANTILE_MIDPOINT,
    QUANTILE_INVERSE
};

struct bootstrap {
    size_t N, B;
    enum bootstrap_statistic statistic;
    enum quantile_rule rule;
    int basic;
    real level;
    const real *x;
    const int *index;
    real *observed, *replicate, *error, *low, *high;
};

/* Inputs and outputs. */
struct bootstrap bootstrap_interval_read(struct call *call);

void bootstrap_interval_answer(struct call *call);
