// SPDX-License-Identifier: MIT
/* Detection of adversarial inputs by their distance from training data, in a layer's features.
 *
 *     mahalanobis:    score[n] = min_c g' C^-1 g,  g = f[n] - mean[c]
 *         mean[c] over the M reference samples of class c, C = sum_m h h' / W + ridge 1,
 *         h = r[m] - mean[labels[m]]: one covariance for all classes
 *     kernel_density: score[n] = -log mean_m e^(-|f[n] - r[m]|^2 / B), m of class predicted[n]
 *     detected[n] = 1 where score[n] > threshold;  df = the gradient of sum dscore score
 *
 * Features f, df (N,D) of N inputs, r (M,D) of the reference samples, labels (M) in 0..K-1 with K =
 * classes; predicted (N), for kernel_density alone; mahalanobis has the outputs nearest (N), the
 * class of the minimum, and factor (D,D), the Cholesky factor of C, lower, with zeros above.
 *
 * Conventions: method = mahalanobis (default) or kernel_density; threshold.
 *   divisor (mahalanobis) W = M (samples, default: Lee et al.; scikit-learn's empirical
 *     covariance) or classes: M - K, the pooled unbiased covariance. ridge at least 0 (0).
 *   kernel (kernel_density) B = sigma^2 (squared, default: Feinman et al.) or 2 sigma^2 (halved:
 *     scikit-learn's gaussian of bandwidth sigma, up to its constant); sigma above 0.
 * Source: Lee et al. 2018, section 2.1; Feinman et al. 2017, section 5; document 000 Q41. The
 *     score is the negative of Lee et al.'s confidence.
 * Edge cases: a score equal to the threshold is not detected; of equal distances the first class.
 *     Refused: a class without reference samples, a covariance that is not positive.
 * Order of operations: means: sums over samples divided by the count; C: sums over samples of
 *     products h_i h_j, / W, + ridge on the diagonal. Factor by rows: (C_ij - chain of l_ik l_jk)
 *     / l_jj, roots on the diagonal. v = factor^-1 g forwards, score the chain of v v; df = 2
 *     factor'^-1 v dscore. Density: d a chain of squares, exponents -d / B; largest taken out,
 *     chain of exponentials over m in order, / their number; -(log + largest). df: chain over m of
 *     share (2 / B) (f - r), dscore.
 */
#pragma once

#include "../call.h"

void adversarial_detection_answer(struct call *call);
