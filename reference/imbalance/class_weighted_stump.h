// SPDX-License-Identifier: MIT
/* One split of a decision tree on weighted samples: the computable core of why trees can do with
 * unbalanced classes, and of forests and boosting, which repeat it.
 *
 *     w[n] = class_weight[label[n]] sample_weight[n]
 *     sides of feature d and cut i: the i + 1 samples with the smallest x[.,d], and the others,
 *            where x differs between the last of the one and the first of the other
 *     p[c] = mass of class c on a side / mass of the side
 *     impurity = 1 - sum_c p[c]^2  (gini)   or   -sum_c p[c] log p[c]  (entropy)
 *     gain     = impurity of all - (left mass left impurity + right mass right impurity) / all mass
 *
 * x (N,D), label (N), number classes (C); class_weight (C) and sample_weight (N), all 1 when they
 * are not there. The split of largest gain is taken. Outputs gain (D): the best one of every
 * feature, 0 where a feature cannot be cut; feature, threshold, left_mass, right_mass (C),
 * left_label, right_label: the heaviest class of a side. Samples with x <= threshold are on the
 * left.
 *
 * Conventions: criterion = gini (default) or entropy (natural logarithm). threshold = middle
 *     (default: halfway between the two values; scikit-learn) or value (the largest value on the
 *     left). ties = first (default: of equal gains the first feature, then the smallest cut; of
 *     equally heavy classes the smallest) or last. Number min_leaf (1): samples, not weights, on
 *     each side.
 * Source: Breiman, Friedman, Olshen and Stone 1984, chapter 4; Ting 2002 (class weights); document
 *     000 Q40 ("decision trees ... can handle imbalance better").
 * Edge cases: samples without weight count for min_leaf alone. Refused: negative weights, a total
 *     of 0, and data that no cut divides.
 * Order of operations: w: a product. Masses of the left: chains over the samples in ascending order
 *     of x (equal ones by number), of the right in descending order, of all in the order of the
 *     data. A side's mass: a chain over its classes. p: a quotient; gini: fused chain, then 1 - it;
 *     entropy: a chain of products p log p, negated. Decisions: the gap of the best gain to all
 *     others.
 */
#pragma once

#include "../call.h"

enum { STUMP_GINI, STUMP_ENTROPY };

struct stump_data {
    size_t N, D, C, min_leaf;
    const real *x;
    const int *label;
    int criterion, by_value, last_wins;
};

struct stump {
    size_t feature;
    real threshold, gain;
    real *left, *right; /* (C) masses */
    int left_label, right_label;
};

/* Reads x, label, classes and the conventions. */
struct stump_data stump_read(struct call *call);

/* The order of the samples by feature d, ascending. */
void stump_sort(const struct stump_data *is, size_t d, int *order);

/* Impurity of masses (C); the heaviest class. */
real stump_impurity(struct call *call, const struct stump_data *is, const real *mass);
int stump_heaviest(const struct stump_data *is, const real *mass);

/* The best split under weights w (N); gain (D). Its gap to all others is stated as a decision. */
struct stump stump_grow(struct call *call, const struct stump_data *is, const real *w, real *gain);

/* Weights from class_weight and sample_weight of the request. */
const real *stump_weights(struct call *call, const struct stump_data *is);

/* The outputs of a stump, but gain. */
void stump_report(struct call *call, const struct stump *stump, size_t C);

/* Inputs and outputs as above. */
void class_weighted_stump_answer(struct call *call);
