// SPDX-License-Identifier: MIT
/* Minibatch standard deviation: a discriminator sees how much the samples of a group differ.
 *
 *     G = min(group_size, N) samples a group, M = N / G groups, C / F channels a feature
 *     mean[m,c,p]     = sum over the group's samples x[n,c,p] / G
 *     s[m,c,p]        = sqrt(sum (x[n,c,p] - mean)^2 / (G - correction) + epsilon)
 *     statistic[m,f]  = sum of s[m,c,p] over the channels c of feature f and all p / (C / F P)
 *     y[n,c,p] = x[n,c,p] for c < C;  y[n,C+f,p] = statistic[group of n, f]
 *
 *     t[m,f]    = sum over the group's samples and p of dy[n,C+f,p], divided by C / F P
 *     dx[n,c,p] = dy[n,c,p] + t[m,f] (x[n,c,p] - mean) / ((G - correction) s[m,c,p])
 *
 * x (N,C,P): P positions, 1 behind dense layers; y, dy (N,C+F,P). Channel c belongs to feature f =
 * floor(c / (C / F)). Output statistic (M,F).
 *
 * Conventions:
 *   groups = interleaved (default; Karras's code, where the batch is reshaped to (G, M, ...)): n is
 *     in group n mod M; contiguous: floor(n / G).
 *   variance = biased (default; correction 0) or unbiased (ports with torch.std or torch.var as
 *     they are; correction 1).
 *   Numbers: group_size (4), features F (1), epsilon (1e-8).
 * Source: Karras et al. 2018 (progressive growing), section 3; Karras et al. 2020 (StyleGAN2).
 * Edge cases: equal samples give sqrt(epsilon) and no gradient: mode collapse is plain to see.
 *     Refused: N that is not a multiple of G, C not of F, an empty x, epsilon not above 0, unbiased
 *     with G = 1.
 * Order of operations: sums over a group are sums over all samples in blocks, to which the others
 *     add nothing; statistic a chain over c, then p; t likewise first over p, then over samples,
 *     then divided; dy + ((t (x - mean)) / ((G - correction) s)).
 */
#pragma once

#include "../call.h"

/* See above. */
void minibatch_standard_deviation_answer(struct call *call);
