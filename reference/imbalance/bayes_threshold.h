// SPDX-License-Identifier: MIT
/* Decisions of least expected cost from class probabilities, and the threshold they amount to.
 *
 *     corrected[n,j] = what the correction below makes of p[n,j]
 *     risk[n,k]      = sum_j corrected[n,j] cost[j,k]
 *     decision[n]    = the k with the smallest risk,   expected = (1/N) sum_n min_k risk[n,k]
 *     threshold      = alarm / (alarm + miss),  alarm = cost[0,1] - cost[0,0],
 *                      miss = cost[1,0] - cost[1,1]
 *
 * p (N,C) probabilities, rows adding up to about 1; cost (C,C): what it costs to decide for the
 * column where the row is true. Outputs corrected, risk (N,C), decision (N), expected, and
 * threshold when it is asked for: with two classes, class 1 is decided for where its corrected
 * probability is above it.
 *
 * Conventions: rows = truth (default) or decision (the transposed matrix, as Elkan writes it).
 *     ties = first (default: the smallest of the classes of equal risk) or last.
 *     threshold = no (default) or yes: two classes, and each must be the better decision where it
 *     is true (Elkan's reasonableness), or there is no threshold in (0, 1).
 *     correction = none (default); priors (trained on classes in other shares than those of the
 *     population: p[j] deployed[j] / trained[j], divided by their sum; inputs trained, deployed
 *     (C), all trained above 0); undersampling (two classes, of class 0 the share beta was kept: of
 *     class 1 beta p / ((beta p - p) + 1), and class 0 has the rest; number beta in (0, 1]).
 * Source: Elkan 2001, equations 1 and 2, theorem 2; Saerens, Latinne and Decaestecker 2002,
 *     equation 4; Dal Pozzolo et al. 2015, equation 4; document 001 Q40.
 * Edge cases: costs may be negative (gains). Adding a number to a row changes no decision. A matrix
 *     in which one decision is never worse is no mistake, but has no threshold. Refused: p outside
 *     [0, 1], the corrections' impossible numbers.
 * Order of operations: priors: quotient deployed / trained, product, sum as a chain from 0,
 *     quotient. risk: a fused chain over j from 0. expected: samples in blocks, divided by N.
 *     Decisions: the gap of the smallest risk to every other.
 */
#pragma once

#include "../call.h"

struct decision_problem {
    size_t N, C, block;
    const real *p, *cost, *trained, *deployed;
    int transposed, last_wins, correction; /* 0 none, 1 priors, 2 undersampling */
    int has_threshold;
    real beta;
    real *corrected, *risk, *decision, *expected, *threshold;
};

/* Reads a call and makes its outputs. */
struct decision_problem decision_read(struct call *call);

/* cost[truth, decision]. */
real decision_cost(const struct decision_problem *is, size_t truth, size_t decision);

void decision_correct(const struct decision_problem *is);
void decision_risk(const struct decision_problem *is);
/* decision, expected and threshold from risk. */
void decision_decide(struct call *call, const struct decision_problem *is);

/* Inputs and outputs as above. */
void bayes_threshold_answer(struct call *call);
