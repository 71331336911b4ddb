// SPDX-License-Identifier: MIT
/* The calibration error and the points of the reliability diagram.
 *
 *     confidence[b] = mean of the probabilities in bin b      frequency[b] = share of events there
 *     gap[b]        = frequency[b] - confidence[b]            count[b] = samples
 *     l1  = sum_b count[b] / N |gap[b]|                       (the expected calibration error)
 *     l2  = sqrt(sum_b count[b] / N gap[b]^2)
 *     max = max_b |gap[b]|
 *
 * Probabilities (N) of an event and labels (N) of 0 and 1; or probabilities (N,K) and labels (N) in
 * 0..K-1. Number bins (10), B.
 *
 * Conventions:
 * - classes (for (N,K)): top_label (default; the largest probability, and whether it is the
 *   label's; Guo et al. 2017) or class_wise (the mean over k of the error of p[n,k] against label =
 *   k; Kull et al. 2019). Of equal probabilities the first is the largest.
 * - binning: uniform (default; bins of equal width), quantile (edges at the quantiles k/B of the
 *   probabilities, interpolated linearly: scikit-learn) or equal_count (sorted, equal ones by
 *   index, and cut into B parts, the first N mod B of which have one sample more: adaptive error of
 *   Nixon et al. 2019).
 * - closed (uniform and quantile): right (default; Guo, scikit-learn: a probability at an edge
 *   belongs below) or left (torchmetrics).
 * - norm: l1 (default), l2, max.
 * Source: document 004 G8 (metrics of probabilities); Naeini, Cooper and Hauskrecht 2015; Guo et
 *   al. 2017.
 * Edge cases: empty bins have confidence and frequency 0 and add nothing. No samples, probabilities
 *   outside [0,1], no bins are refused.
 * Order of operations: sums over samples in blocks; a chain over bins of rounded products with
 *   count[b] / N. Quantile k is x[i] + f (x[i+1] - x[i]), i = floor((N-1) k / B), f the rest / B.
 */
#pragma once

#include "bins.h"

/* Outputs calibration_error, and count, confidence, frequency (B) or class_error (K). */
void calibration_error_answer(struct call *call);
