// SPDX-License-Identifier: MIT
/* Cross-entropy of class labels, from logits.
 *
 *     log p[n,k] = (z[n,k] - m[n]) - log s[n],  m = max_k z[n,k],  s = sum_k e^(z[n,k] - m[n])
 *     t[n,k]     = the target: see smoothing
 *     loss[n]    = sum_k c[k] t[n,k] (log s[n] - (z[n,k] - m[n]))
 *     loss       = sum_n loss[n] / W
 *     dz[n,k]    = dloss (p[n,k] q[n] - c[k] t[n,k]) / W,   q[n] = sum_k c[k] t[n,k]
 *
 * N samples, C classes; z (N,C) logits, labels (N) in 0..C-1, or -1 for a sample that is ignored
 * (its loss and gradient are 0); c (C) class weights (at least 0), 1 when there is no input
 * class_weight. dloss is 1 unless the scalar input dloss is given.
 *
 * Conventions:
 *   reduction = mean (default): W as below; sum: W = 1; none: the output loss is (N), W = 1, and
 *     dloss is (N).
 *   normalizer (of the mean) = weights (PyTorch, default): W = sum of c[label[n]] over the samples
 *     that are not ignored; samples: W = their number.
 *   smoothing = all_classes (default): t = (1 - e) [k = label] + e / C; other_classes:
 *     t = 1 - e at the label and e / (C - 1) elsewhere. e is the number label_smoothing (0).
 *   Where every sample is ignored W = 0 and the loss is 0 / 0: refused.
 * Source: documents 000-003 Q9, 004 C3, C5; label smoothing: Szegedy et al. 2016, section 7.
 * Edge cases: probabilities are never formed before the logarithm, so gaps of 1000 are fine.
 * Order of operations: s is a chain of additions over k. For each k in order, with u = log s -
 *     (z - m), the chain of loss[n] takes fma(c[k] t[n,k], u, .) from 0; the sum over n is a sum
 *     over samples, then divided by W. W and q are chains of additions (over n: sum over samples).
 *     t = (1 - e) + e / C at the label. dz = ((p q - c t) dloss) / W, p = e^(z - m) / s; for an
 *     ignored sample q and t are 0, so dz is a zero with the sign of dloss.
 */
#pragma once

#include "../call.h"

enum cross_entropy_reduction { REDUCTION_MEAN, REDUCTION_SUM, REDUCTION_NONE };

/* How targets are made of labels; see above. class_weight (C) may be NULL. */
struct cross_entropy_rules {
    enum cross_entropy_reduction reduction;
    int count_samples;   /* normalizer = samples */
    int spare_the_label; /* smoothing = other_classes */
    real label_smoothing;
    const real *class_weight;
};

/* loss_n (N), p (N,C) and the returned normaliser W, from z (N,C) and labels (N). */
real cross_entropy_forward(real *loss_n, real *p, const real *z, const int *labels,
                           const struct cross_entropy_rules *rules, size_t N, size_t C,
                           size_t block);

/* dz (N,C) from p (N,C) and W; dloss is (N) for REDUCTION_NONE, else (1). */
void cross_entropy_backward(real *dz, const real *dloss, const real *p, const int *labels, real W,
                            const struct cross_entropy_rules *rules, size_t N, size_t C);

/* Inputs z, labels, optionally class_weight and dloss; outputs loss and dz. */
void cross_entropy_answer(struct call *call);
