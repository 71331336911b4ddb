// SPDX-License-Identifier: MIT
/* Borderline-SMOTE: new samples only from those members of a class that are in danger, at the
 * border to the others.
 *
 *     others[n] = how many of the m nearest of all samples are not of the class of n
 *     danger[n] = 2 if others = m (noise), 1 if m / 2 <= others < m (in danger), else 0 (safe)
 *     source    = member number floor(count u[s]) of those in danger, count of them
 *     synthetic[s] = x[source] + g (x[partner] - x[source])
 *     g = gap[s] where the partner is of the same class, else gap[s] factor, or gap[s] shorten[s]
 *
 * Which classes grow and by how many samples (S), gap and outputs synthetic, synthetic_label,
 * source and partner: smote.h. u (S) in [0, 1); pick (S) in 0..k-1: the partner is that neighbour
 * of the source. Numbers neighbours k (5), border m (10), factor (0.5) in (0, 1]. Output danger
 * (N): -1 for samples of classes that do not grow.
 *
 * Conventions: kind = one (default: partners are neighbours among the class) or two (others too).
 *     For two: partners = all (default: the k nearest of all samples; imbalanced-learn since 0.11)
 *     or separate (as the paper has it: the k nearest of the class where side[s] is 0, and of all
 *     other classes where it is 1; input side (S)). The way to a sample of another class is
 *     shortened by factor, or by the input shorten (S) in [0, 1/2], if it is there
 *     (imbalanced-learn draws both a gap and that). Earlier versions of imbalanced-learn did not
 *     shorten at all. Ties and duplicates: neighbours.h.
 * Source: Han, Wang and Mao 2005, section 3; imbalanced-learn.
 * Edge cases: nobody in danger: nothing is made for that class, its rows are 0 and source and
 *     partner -1. Refused: m above the number of all other samples; k above that of those to choose
 *     from.
 * Order of operations: u count: a product, whose distance from the whole numbers is a decision. g:
 *     a product; then as in smote.h.
 */
#pragma once

#include "smote.h"

struct borderline {
    struct smote smote;
    size_t m;
    int two, separate;
    real factor;
    const real *u, *shorten; /* (S); shorten may be NULL */
    const int *pick, *side;
};

struct borderline borderline_read(struct call *call);

/* danger of n from the number of others among its m neighbours. */
int borderline_kind(size_t others, size_t m);

/* danger (N). */
void borderline_judge(struct call *call, const struct borderline *is, int *danger);

/* The list of those who may be the partner of new sample s; *members of them. */
const int *borderline_partners(struct call *call, const struct borderline *is, size_t s,
                               size_t *members);

/* g (S) from the partners. */
const real *borderline_gaps(struct call *call, const struct borderline *is, const int *partner);

/* Inputs and outputs as above. */
void borderline_smote_answer(struct call *call);
