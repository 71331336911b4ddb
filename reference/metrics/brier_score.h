// SPDX-License-Identifier: MIT
/* The Brier score and its parts.
 *
 *     brier = sum_n w[n] sum_k (p[n,k] - [label[n] = k])^2 / sum_n w[n]
 *     brier = reliability - resolution + uncertainty     (two classes, groups of equal forecasts)
 *     reliability = sum_g c_g (f_g - o_g)^2 / sum c
 *     resolution  = sum_g c_g (o_g - o)^2 / sum c
 *     uncertainty = o (1 - o)                                skill = 1 - brier / uncertainty
 *
 * Probabilities (N,K) and labels (N), or probabilities (N) of class 1 and labels of 0 and 1; weight
 * (N), 1 if missing. For (N): c_g is the weight of group g, f_g its mean probability, o_g its share
 * of events, o the share of events of all.
 *
 * Conventions:
 * - scale: auto (default; scikit-learn: (p - y)^2 for (N), the sum over both or more classes for
 *   (N,K)), half (half of the sum over classes: in [0,1]) or full (Brier 1950: in [0,2]). The parts
 *   are those of (p - y)^2 whatever the scale.
 * - groups: distinct (default; samples of equal probability, which makes the second line exact) or
 *   bins: number bins (10) of equal width, closed on the right (then the variance within bins is
 *   missing: Stephenson, Coelho and Jolliffe 2008).
 * Source: document 004 G8; Brier 1950; Murphy 1973.
 * Edge cases: no samples, probabilities outside [0,1], labels of one class for (N) (uncertainty 0,
 *   no skill) are refused.
 * Order of operations: squares are rounded, a chain over classes; weighted, summed over samples in
 *   blocks, divided by the sum of the weights in blocks. distinct: groups from the largest
 *   probability, chains over the ranking; bins: bins.h. o is events / weights; sums over groups are
 *   chains of c ((difference)^2).
 */
#pragma once

#include "bins.h"
#include "ranking.h"

/* Outputs brier; for (N) also reliability, resolution, uncertainty and skill. */
void brier_score_answer(struct call *call);
