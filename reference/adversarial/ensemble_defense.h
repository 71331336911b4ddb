// SPDX-License-Identifier: MIT
/* Ensemble defence: several models decide together, and an input on which they disagree is suspect.
 *
 *     p_m = softmax(z[m]),  l_m = log p_m,  v[n,k] = the share of models whose largest logit is k
 *     p[n,k]     = mean_m p_m[n,k]                  (combine probabilities)
 *                = softmax(mean_m z[m,n])[k]        (combine logits)
 *                = v[n,k]                           (combine vote)
 *     class[n]   = the k of the largest p[n,k];  flagged[n] = 1 where score[n] > threshold
 *     score[n]   = mean_k mean_m (p_m[k] - mean p[k])^2                         (variance)
 *                = mean_m sum_k p_m[k] (l_m[k] - log mean p[k])                 (jensen_shannon)
 *                = mean over ordered pairs m != j of sum_k p_m[k] (l_m[k] - l_j[k])    (pairwise)
 *                = -sum_k v[k] log v[k]                                         (vote_entropy)
 *     dz         = the gradient of sum dp p + sum dscore score
 *
 * z, dz (M,N,K): logits of M models for N samples of K classes; p, dp (N,K); class, score, dscore,
 * flagged (N).
 *
 * Conventions: combine = probabilities (default), logits, vote; score = jensen_shannon (default:
 *     the mutual information of Lakshminarayanan et al., "BALD"), variance, pairwise, vote_entropy;
 *     threshold at least 0 (0.5). ties = first (default) or last: of equal shares of votes.
 * Source: Strauss et al. 2017; Lakshminarayanan, Pritzel and Blundell 2017, section 3; Pang et al.
 *     2019; document 000 Q41. This is the computable core of "combine models and detect".
 * Edge cases: M = 1 has score 0; pairwise needs two. Models that agree exactly have score 0. Votes
 *     have no gradient. Equal logits of a model vote for the first class.
 * Order of operations: softmax as softmax.h says; l = (z - max) - log s. Means over models are
 *     chains of additions from 0 in their order, then divided by M; over classes likewise; every
 *     sum over k of products is a chain of fused multiply-adds. pairwise: for m, for j != m, the
 *     sum over k; these are added in order, then divided by M (M - 1). dp_m: first that of p, then
 *     plus that of score; then softmax's backward; pairwise adds ((p_m M - sum_j p_j) / (M (M -
 *     1))) dscore to dz afterwards, logits add their share of dz before.
 */
#pragma once

#include "../call.h"

void ensemble_defense_answer(struct call *call);
