// SPDX-License-Identifier: MIT
/* A classification problem on the corners of a hypercube.
 *
 *     corner[k,i] = s (2 bit_i(vertex[k]) - 1) stretch       cluster k of class k mod C
 *     h[n,:]      = z[n,:] (2 a[k] - 1) + corner[k]          I informative features of cluster k
 *     f[n,:]      = (h, h (2 b - 1), columns of both by index, useless)       D = I + R + P + U
 *     index[p]    = floor((I + R - 1) c[p] + 1/2)            the repeated features
 *     class[n]    = label[n] where flip[n] < q, else k mod C
 *     x[n,d]      = (f + shift)(row order[n], column feature_order[d]) scale of that column
 *     shift[d]    = s (2 v[d] - 1) or the number shift;  scale[d] = 1 + 100 w[d] or the number
 * scale
 *
 * N samples, C classes, K clusters of N / K samples each; vertex (K) whole, bit_0 the highest of I
 * bits; z (N,I), a (K,I,I), b (I,R), c (P), useless (N,U), flip and label (N), v, w (D), order (N),
 * feature_order (D): all draws are inputs. Left out, b, c and useless add no features, flip no
 * noise, the orders no shuffle. Outputs x (N,D), y (N) whole, size (K) whole.
 *
 * Conventions: hypercube = yes (default; stretch is 1) or no: stretch = stretch_cluster[k]
 *     stretch_feature[i], random polytopes.
 *   weights = none (default) or input percent (C), whole: cluster k has floor(N percent[class] /
 *     (100 K / C)) samples; what is missing to N goes one each to clusters 0, 1, ... in a circle.
 * Numbers: classes (2), separation s (1), flip_share q (0.01), shift (0), scale (1); the last two
 *     unless v, w are given. scikit-learn's defaults.
 * Source: document 004 C2 (1000 samples, 20 features, 10 informative); Guyon 2003 (the design of
 *     the NIPS 2003 benchmark); scikit-learn's make_classification.
 * Edge cases: q = 0. Refused: K no multiple of C, a vertex beyond 2^I or twice, shares that exceed
 *     100, a flip_share beyond 0..1, a separation not above 0, no samples.
 * Order of operations: 2 a - 1 rounds twice; a fused chain from 0 over the informative features,
 *     then + corner; redundant features likewise; + shift, times scale. Decisions: flip - q, and
 *     the distances of (I + R - 1) c + 1/2 to the whole numbers around it.
 */
#pragma once

#include "permutation.h"

enum { CLASSIFICATION_BITS = 24 };

struct classification {
    size_t N, I, K, R, P, U, D, C;
    int cube;
    real separation, flip_share, same_shift, same_scale;
    const real *z, *a, *b, *c, *useless, *flip, *v, *w, *by_cluster, *by_feature;
    const int *vertex, *label, *order, *feature_order, *size;
};

struct classification make_classification_read(struct call *call);

void make_classification_answer(struct call *call);
