// SPDX-License-Identifier: MIT
/* Metrics of workers, merged: mean, variance, extremes, confusion counts.
 *
 *     worker k has size[k] samples, the next ones: n_k, m_k = mean of x, M_k = sum (x - m_k)^2
 *     two sets a, b of samples merge into one (Chan, Golub and LeVeque):
 *         n = n_a + n_b,  d = m_b - m_a
 *         m = m_a + d n_b / n,  M = M_a + M_b + d^2 n_a n_b / n
 *     mean = m, variance = M / (n - ddof), low and high: extremes of x
 *     matrix[i,j] = samples of class i predicted as j, added over workers; accuracy = trace / n
 *     f1 = mean over classes c of 2 TP / (2 TP + FP + FN), 0 where that is 0 / 0
 *
 * x (N), label and prediction (N), size (W), whole; number classes (C). Outputs: count, mean,
 * variance, low, high; matrix (C,C, whole), accuracy, f1; local_mean (W), 0 without samples.
 *
 * Conventions: order = ranks (default: the workers from the first to the last, each merged into
 *     what came before, as a loop over gathered statistics does) or tree (pairs of pairs: sum.h's
 *     tree over single workers).
 *   Number ddof (0: the variance of the samples; 1: Bessel's correction).
 * Source: Chan, Golub and LeVeque 1979, eq. 2.1; document 000 Q46 (monitoring).
 * Edge cases: a worker without samples changes nothing. One worker: the ordinary statistics.
 *     Refused: no sample, ddof not below N, sizes that do not add up to N, a label that is no
 * class. Order of operations: n_k and sums of one worker in a chain from 0; d n_b / n is (d n_b) /
 *     n, and the last term ((d d) n_a) n_b / n, M_a + M_b first.
 */
#pragma once

#include "../call.h"

/* What merges. */
struct merged_moments {
    real n, mean, M;
};

struct merged_metrics {
    size_t N, W, C;
    int tree;
    real ddof;
    const real *x;
    const int *size, *label, *prediction;
};

/* Reads the request. */
void merged_metrics_read(struct call *call, struct merged_metrics *m);

/* The moments of `count` values. */
struct merged_moments merged_moments_of(const real *x, size_t count);

struct merged_moments merged_moments_merge(struct merged_moments a, struct merged_moments b);

/* accuracy and f1 of matrix (C,C). */
real merged_accuracy(const real *matrix, size_t C);
real merged_f1(const real *matrix, size_t C);

void merged_metrics_answer(struct call *call);
