// SPDX-License-Identifier: MIT
/* Moving the decision threshold of a classifier of two classes, by the shares of the classes or by
 * what a threshold does to validation samples.
 *
 *     candidates t_i: the scores of the validation samples
 *     TP, FP, FN, TN at t_i: samples with score >= t_i are decided to be 1
 *     objective_i = FP alarm + FN miss                                    rule = cost, smallest
 *                   (1 + beta^2) TP / ((1 + beta^2) TP + beta^2 FN + FP)  rule = f_beta, largest
 *                   TP / (TP + FN) TN / (TN + FP)                         rule = balance, largest
 *     threshold   = the best candidate; for rule = prior the share of label 1
 *     decided[m]  = 1 where new[m] >= threshold
 *
 * score, label (N) of the validation samples, labels 0 and 1; new (M) scores to be decided. Numbers
 * alarm, miss (1), beta (1). Outputs objective (N, but for rule = prior), threshold, confusion
 * (2,2): rows are labels, columns decisions at the threshold; decided (M).
 *
 * Conventions: rule = f_beta (default), cost, balance (the squared geometric mean of the recalls)
 *     or prior. at = score (default: the threshold is the candidate) or middle (halfway between it
 *     and the next smaller score, or itself if there is none; the validation samples are decided
 *     alike). ties = low (default: of equal objectives the lowest threshold) or high.
 * Source: Provost 2000; Zhou and Liu 2006 (threshold moving); Lipton, Elkan and Naryanaswamy 2014;
 *     document 001 Q40.
 * Edge cases: both labels must occur. Deciding for nobody is no candidate. Refused: negative costs,
 *     both 0, beta <= 0. What other rules (Youden, a point of a curve) choose belongs to metrics.
 * Order of operations: counts are exact; FP alarm + FN miss: two products, a sum; f_beta: b = beta
 *     beta, ((1 + b) TP) / (((1 + b) TP + b FN) + FP); balance: product of two quotients.
 *     Decisions: the gaps of the best objective to all others, and of scores to the threshold.
 */
#pragma once

#include "../call.h"

enum moving_rule { RULE_F_BETA, RULE_COST, RULE_BALANCE, RULE_PRIOR };

struct moving {
    size_t N, M;
    const real *score, *fresh;
    const int *label;
    real alarm, miss, beta;
    enum moving_rule rule;
    int middle, high;
    real *objective, *threshold, *confusion, *decided;
};

/* Reads a call and makes its outputs. */
struct moving moving_read(struct call *call);

/* count (2,2) at threshold t. */
void moving_count(const struct moving *is, real t, real *count);

/* What the counts are worth; smaller is better for RULE_COST. */
real moving_worth(const struct moving *is, const real *count);

/* confusion and decided from the threshold. */
void moving_decide(struct call *call, const struct moving *is);

/* Inputs and outputs as above. */
void threshold_moving_answer(struct call *call);
