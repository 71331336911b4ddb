// SPDX-License-Identifier: MIT
/* Learning curve: the error on test points of a learner that saw the first n of its samples.
 *
 *     for each size n = sizes[k]:  f is made of x[0 .. n-1], y[0 .. n-1]
 *         error[k]          = mean over m < M of loss(f(test_x[m]), test_y[m])
 *         training_error[k] = mean over i < n of loss(f(x[i]), y[i])
 *         gap[k]            = error[k] - training_error[k]
 *     nearest_neighbour: f(a) = y[i] of the smallest distance of a and x[i], i < n, the first of
 *     equals ridge:             f(a) = a w + b,  (w, b) = argmin sum_{i<n} (x[i] w + b - y[i])^2 +
 *     L |w|^2 against a rival that learns from the same samples:
 *         advantage[k] = the rival's error[k] - error[k];  overtakes = the first k where it is
 *         above 0, or K when there is none
 *
 * N samples of D features, M test points, K sizes; x (N,D), y (N), test_x (M,D), test_y (M), sizes
 * (K) rising whole numbers in 1..N.
 *
 * Conventions: learner = nearest_neighbour (default) or ridge; against = nobody (default),
 *     nearest_neighbour or ridge; distance = euclidean (default) or manhattan; penalty = sum
 *     (default, L = l2, as in scikit-learn: it weighs less the more samples there are) or mean (L =
 *     n l2, as in glmnet); intercept = free (default, scikit-learn), penalised (one more weight) or
 *     none; measure = squared (default) or zero_one: the class of y is above 0 or not; of a w + b,
 *     at or above.
 * Numbers: l2 (0), block.
 * Source: documents 000 Q36 (deep or traditional learning: it hangs on the amount of data) and 004
 * S4
 *     (more data is the best defence); Cover and Hart 1967; Hoerl and Kennard 1970.
 * Edge cases: a sample is its own nearest neighbour, so its training error is 0 but for twins that
 *     disagree. Refused: no test point, no size, sizes that do not rise or are beyond N, a negative
 *     l2, ridge of fewer samples than weights without l2, and a system that is not positive
 *     definite.
 * Order of operations: distances: differences, then a chain over the features. Ridge: sums over the
 *     first n samples in blocks, of x_i x_j and of x_i y, with 1 as the last feature; + L on the
 *     diagonal; Cholesky row after row, each element a chain from -H[i,j] of L[i,k] L[j,k],
 *     negated, divided by L[j,j] or rooted; both substitutions likewise from the negated right
 *     side, terms in rising order. f: a chain from b. Squared: (f - y) (f - y). Sums over points in
 *     blocks, divided by their number. Comparisons of distances, f with 0 and advantages are
 *     decisions.
 */
#pragma once

#include "../call.h"

enum curve_learner { CURVE_NEAREST, CURVE_RIDGE };
enum curve_intercept { CURVE_FREE, CURVE_PENALISED, CURVE_NONE };

/* Points, and what they should give. */
struct curve_points {
    size_t count;
    const real *x, *y;
};

struct curve {
    enum curve_learner learner;
    int rival; /* a learner, or -1 */
    int manhattan, mean_penalty, zero_one;
    enum curve_intercept intercept;
    real l2;
    size_t D, K, block;
    struct curve_points samples, test;
    const int *sizes;
};

struct curve learning_curve_read(struct call *call);

/* The last of v (D+1) is b, 0 without an intercept. */
void learning_curve_fit(struct call *call, real *v, const struct curve *curve, size_t n);

/* The index of the sample nearest to a (D) among the first n. */
size_t learning_curve_nearest(struct call *call, const struct curve *curve, size_t n,
                              const real *a);

/* The mean loss at some points of what learnt from the first n samples; v as above. */
real learning_curve_error(struct call *call, const struct curve *curve, enum curve_learner learner,
                          size_t n, const real *v, const struct curve_points *at);

/* Outputs error, training_error, gap (K); with a rival advantage (K) and overtakes. */
void learning_curve_answer(struct call *call);
