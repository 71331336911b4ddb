// SPDX-License-Identifier: MIT
/* What is reached without any skill: the metrics of a predictor that never looks at its input,
 * which every classifier on unbalanced classes has to be compared with. The computable core of the
 * bias towards the majority, and of why accuracy does not show it.
 *
 *     prior[c]        = share of label c in training
 *     prediction[k]   = probability of deciding for k, by the rule below
 *     confusion[j,k]  = support[j] prediction[k],  support[j] = number of t with truth[t] = j
 *     accuracy        = sum_k confusion[k,k] / T
 *     recall[k]       = confusion[k,k] / support[k]
 *     precision[k]    = confusion[k,k] / sum_j confusion[j,k]
 *     f1[k]           = 2 precision recall / (precision + recall)
 *     balanced        = mean recall, macro_f1 = mean f1, geometric = product of recalls ^ (1 / K),
 *                       each over the K classes with support
 *     brier           = sum_j support[j] ((1 - 2 prediction[j]) + sum_k prediction[k]^2) / T
 *     skill           = (reached - accuracy) / (1 - accuracy),  reached = share of t with
 *                       predicted[t] = truth[t]
 *
 * label (N), truth (T), number classes (C); predicted (T) of a classifier, if there is one: then
 * outputs reached and skill. Outputs prior, prediction, recall, precision, f1 (C), confusion (C,C),
 * accuracy, balanced, macro_f1, geometric, brier.
 *
 * Conventions: rule = most_frequent (default: certainty for the most frequent label of training;
 *     scikit-learn's DummyClassifier), prior (the shares; its "stratified", in expectation),
 *     uniform (1/C) or constant (number constant, a class). ties = first (default: of equally
 *     frequent labels the smaller one) or last. Number zero_division (0), 0 or 1: recall and
 *     precision of a class where they are 0 / 0, as scikit-learn calls it.
 * Source: documents 000 Q40 ("accuracy may not provide an accurate assessment") and 004 G8; Kubat
 *     and Matwin 1997 (the geometric mean).
 * Edge cases: f1 is 0 where precision and recall are. Empty training or test sets are refused, and
 *     an accuracy of 1 of the baseline when a skill is asked for.
 * Order of operations: confusion: product; column sums, the accuracy and the means: chains over
 *     classes from 0; f1: (2 precision) recall, over the sum. geometric: e^(sum of logarithms / K),
 *     0 when a recall is. brier: prediction squared by a fused chain; ((1 - 2 prediction) + it)
 *     support, a chain.
 */
#pragma once

#include "../call.h"

struct baseline {
    size_t N, T, C;
    const int *label, *truth, *predicted; /* predicted may be NULL */
    real *prior, *prediction, *confusion, *accuracy, *recall, *precision, *f1;
    real *balanced, *macro_f1, *geometric, *brier, *reached, *skill, *support;
    real zero_division;
    int rule, last_wins, constant;
};

/* Reads a call and makes its outputs; fills support. */
struct baseline baseline_read(struct call *call);

void baseline_predict(struct call *call, const struct baseline *is); /* prior, prediction */
void baseline_score(struct call *call, const struct baseline *is);   /* the rest */

/* Inputs and outputs as above. */
void majority_baseline_answer(struct call *call);
