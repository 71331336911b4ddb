// SPDX-License-Identifier: MIT
/* Gradient noise: how far the gradient of a mini-batch is from that of all samples.
 *
 *     full = mean_n g_n,   variance = mean_n (g_n - full)^2                      (per parameter)
 *     measured  = mean_k (mean of the g_n of batch k - full)^2
 *     predicted = variance / B                       (replacement = yes)
 *               = variance / B (N - B) / (N - 1)     (replacement = no)
 *     noise_scale = (sum over parameters of variance) / (sum of full^2)
 *
 * g (N,P) the gradient of each sample; batches (K,B) the samples of each of K batches, whole
 * numbers in 0 .. N-1. Over all batches there are, measured equals predicted; over some, it comes
 * near.
 *
 * Conventions: replacement = yes (default: batches may hold a sample twice) or no (batches of a
 *     shuffled epoch; a sample twice in a batch is refused). divisor = population (default: N) or
 *     sample (N - 1; what most packages call the variance), of the output variance and the noise
 *     scale alone: predicted always starts from the population's.
 * Source: Cochran 1977, theorem 2.2; McCandlish et al. 2018, eq. 2.9 (simple noise scale);
 *     documents 000 Q49, 004 S3, S5.
 * Edge cases: B = N without replacement has no noise. N = 1 is refused where N - 1 divides. full =
 *     0 has no noise scale and is refused, after the sum.
 * Order of operations: sums over samples and over batches as in sum.h (chains in blocks of `block`,
 *     then the tree) of rounded squares; a batch's mean is a chain in its own order from 0, over B;
 *     the sums over parameters are chains. (variance / B) ((N - B) / (N - 1)), the quotient first.
 */
#pragma once

#include "../call.h"

struct gradient_noise {
    size_t N, P, K, B, block;
    const real *g;
    const int *batches;
    int without_replacement, of_sample;
};

struct gradient_noise gradient_noise_read(struct call *call);

/* predicted from the population's variance. */
real gradient_noise_predict(const struct gradient_noise *is, real variance);

/* Inputs g, batches; outputs full, variance, measured, predicted (P), noise_scale. */
void gradient_noise_answer(struct call *call);
