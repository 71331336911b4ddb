// SPDX-License-Identifier: MIT
/* Normalized discounted cumulative gain, and what else is said of a ranked list.
 *
 *     dcg[n]  = sum over the ranks r = 1..top of gain(relevance at rank r) / log2(r + 1)
 *     ndcg[n] = dcg[n] / (the same with the items ordered by relevance)
 *     reciprocal_rank[n]   = 1 / (the rank of the first relevant item), 0 if it is beyond top
 *     average_precision[n] = sum over relevant ranks r <= top of (relevant ones up to r) / r
 *                            / min(relevant ones, top)
 *
 * N queries with K items each: scores (N,K), relevance (N,K) of whole numbers from 0; an item is
 * relevant above 0. Number top (K); weight (N) of the queries, 1 if missing.
 *
 * Conventions:
 * - gain: linear (default; scikit-learn, torchmetrics) or exponential, 2^relevance - 1 (Burges et
 *   al. 2005; LightGBM, XGBoost).
 * - ties (items of equal score): averaged (default; scikit-learn: each of them has the mean gain of
 *   all of them; reciprocal rank and average precision then go by index) or index (the first of
 *   them is ranked first; scikit-learn with ignore_ties breaks them the other way round).
 * - none_relevant (nothing relevant in a query: 0 / 0): zero (default; scikit-learn), one
 *   (LightGBM) or excluded from the means.
 * Outputs for every query, and the means over queries, by weight.
 * Source: Jaervelin and Kekaelaeinen 2002; McSherry and Najork 2008 (ties); document 004 G8.
 * Edge cases: no queries, nothing but excluded queries, top outside 1..K are refused.
 * Order of operations: discounts log(2) / log(r + 1); a tied group adds its mean gain (an integer
 *   divided by its size) times the chain of its discounts; chains over ranks; means over queries
 *   are sums in blocks of weight value, divided by those of the weights.
 */
#pragma once

#include "confusion.h"

/* Outputs dcg, ndcg, reciprocal_rank, average_precision (N); mean_ndcg, mean_reciprocal_rank,
 * mean_average_precision. */
void normalized_discounted_cumulative_gain_answer(struct call *call);
