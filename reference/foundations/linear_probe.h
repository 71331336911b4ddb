// SPDX-License-Identifier: MIT
/* Linear probe: how well a linear classifier separates the classes, given the activations of a
 * layer.
 *
 *     v[n]   = (a_l[n], 1)                                           each layer l = 1 .. L alone
 *     H      = sum_n v v' + ridge on the diagonal                    (V,V)
 *     w_l    = H^-1 sum_n v t'                                       (V,K): least squares
 *     p[n,k] = w_l[V-1,k] + sum_{i<V-1} a_l[n,i] w_l[i,k]            the last row is the bias
 *     error[l]       = mean over n and k of (p - t)^2
 *     predicted[l,n] = the first k with the largest p[n,k];   accuracy[l] = the part of right ones
 *
 * N samples, K = classes; a1 (N,A), a2 (N,B), ... of at most 8 layers; labels (N). t[n,k] is 1
 * where k is the label, else 0. Numbers classes and ridge (0). Nothing flows back into the network:
 * a probe watches. Accuracy that rises with depth shows that layers represent the classes better
 * and better.
 *
 * Conventions: targets = zero_one (default) or plus_minus (-1 in place of 0; scikit-learn's
 *     RidgeClassifier). bias = free (default: no ridge on it, as scikit-learn has it), penalised
 *     (one more feature, as in liblinear) or none (v = a_l, and no last row). reduction = sum
 *     (default, scikit-learn's Ridge) or mean: ridge is for the mean over the samples, and N ridge
 *     stands on the diagonal.
 * Source: Alain and Bengio 2016; documents 000 Q36, 004 T1 and T6 (from edges to objects).
 * Edge cases: equal predictions go to the smaller class. A class without a sample is predicted to
 *     be 0 (or -1). H that is not positive definite in the precision in use is refused, and so are
 *     a negative ridge and samples without a layer.
 * Order of operations: H and the right sides are sums over samples; N ridge is rounded. Cholesky
 *     and both substitutions as in logistic_regression.h, each class by itself. p is a chain from b
 *     over the features. Squares of p - t in a chain over classes, then a sum over samples, divided
 *     by N K. Differences of the largest p and the others are decisions.
 */
#pragma once

#include "../call.h"

enum { PROBE_LAYERS = 8 };
enum probe_bias { PROBE_FREE, PROBE_PENALISED, PROBE_NONE };

struct probe {
    size_t N, K, L, block;
    size_t width[PROBE_LAYERS];
    const real *a[PROBE_LAYERS];
    const int *label;
    enum probe_bias bias;
    int plus_minus, mean;
    real ridge;
};

struct probe probe_read(struct call *call);

/* v (N,V) and its width V; t (N,K). */
size_t probe_features(const struct probe *probe, size_t layer, real *v);
void probe_targets(const struct probe *probe, real *t);

/* Makes the output w of a layer, (V,K); b is its last row, or zeros where there is no bias. */
void probe_outputs(struct call *call, const struct probe *probe, size_t layer, real **w, real **b);

/* Outputs w1, w2, ..., then error (L), predicted (L,N), accuracy (L). */
void linear_probe_answer(struct call *call);
