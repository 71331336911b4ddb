// SPDX-License-Identifier: MIT
/* SMOTE, the synthetic minority oversampling technique: new samples between a sample of a class and
 * its nearest neighbours in that class.
 *
 *     synthetic[s] = x[b] + gap (x[m] - x[b])
 *
 * b is a member of the class that is to grow, m one of the k members of it nearest to b. The
 * classes and how many samples they get (S in all) follow from label and strategy: see classes.h;
 * classes in ascending order, so s counts through the first class that grows, then the next. What
 * is drawn is an input: base[s] in 0..count-1 says which member b is (in the order of the data),
 * pick[s] in 0..k-1 which neighbour (0: the nearest), gap the place between them, in [0, 1].
 *
 * x (N,D), label (N); base, pick (S), gap (S) or (S,D); number neighbours k (5). Outputs synthetic
 * (S,D), synthetic_label (S), source (S): b, and partner (S): m.
 *
 * Conventions: gap = sample (default: one gap a sample, so that it lies on the segment between the
 *     two; imbalanced-learn, smote-variants) or feature (one for each feature, so that it lies in
 *     the box between the two, which is what the pseudo-code of the paper does). draw = pair
 *     (default: base and pick) or flat (one number base k + pick, in the input draw (S), as
 *     imbalanced-learn draws it). Neighbours, ties and duplicates: neighbours.h.
 * Source: Chawla, Bowyer, Hall and Kegelmeyer 2002, section 4.2; document 000 Q40.
 * Edge cases: gap 0 is the sample itself, gap 1 its neighbour up to rounding. Refused: more
 *     neighbours than a class that grows has other members, so in particular a class of one sample;
 *     base, pick and gap out of range or not S of them.
 * Order of operations: difference, product, sum.
 */
#pragma once

#include "classes.h"
#include "neighbours.h"

/* What is asked of SMOTE: S new samples, the class of each. */
struct smote {
    struct classes classes;
    struct points points;
    size_t S, k;
    int per_feature;
    const int *of;          /* (S) the class */
    const int *base, *pick; /* (S) */
    const real *gap;        /* (S) or (S,D) */
};

struct smote smote_read(struct call *call);

/* The same in parts: all but the draws; the gaps. */
struct smote smote_plan(struct call *call);
void smote_read_gaps(struct call *call, struct smote *smote);

/* source and partner (S). */
void smote_choose(struct call *call, const struct smote *smote, int *source, int *partner);

/* synthetic (D) of number s. */
void smote_between(const struct smote *smote, size_t s, int source, int partner, real *synthetic);

/* Outputs as above from source and partner; where these are -1 nothing is made, and the row is 0.
 * */
void smote_report(struct call *call, const struct smote *smote, const int *source,
                  const int *partner);

/* Inputs and outputs as above. */
void smote_answer(struct call *call);
