// SPDX-License-Identifier: MIT
/* Random undersampling: samples of large classes are left out.
 *
 *     kept of class c = all of it, or goal[c] of its members where the strategy shrinks it
 *
 * Which classes shrink, and to how many samples, follows from label and strategy: classes.h; M
 * samples are kept in all. x (N,D), label (N). Outputs kept (M): their numbers, kept_label (M),
 * kept_x (M,D).
 *
 * Conventions: replacement = no (default): the members that come first in the input order, a
 *     permutation of 0..N-1, in which order[i] is the sample that is drawn i-th; or yes: member
 *     number floor(count u), u the next of the input u (U) in [0, 1), U the sum of goal[c] over the
 *     classes that shrink. arrangement = class (default: classes in ascending order; a class that
 *     shrinks in the order of its draws, others in the order of the data; imbalanced-learn) or data
 *     (all kept samples in the order of the data).
 * Source: He and Garcia 2009, section 3.1.1; documents 000 to 003 Q40.
 * Edge cases: a class that already has its goal is drawn all the same when the strategy names it:
 *     its order changes, and with replacement its samples. Goal 0 removes a class. Refused: a
 *     permutation that names a sample twice, numbers outside [0, 1).
 * Order of operations: whole numbers, and the product u count, whose distance from the whole
 *     numbers below and above is a decision.
 */
#pragma once

#include "classes.h"

struct undersampling {
    struct classes classes;
    size_t D, M;
    const real *x;
    const int *goal; /* (C) */
    int *shrinks;    /* (C) whether the strategy names it */
    int replaces, by_data;
};

/* Reads a call but for its draws. */
struct undersampling undersampling_read(struct call *call);

/* kept (M) in the order of classes and draws; then in that of the data, if so asked. */
void undersampling_draw(struct call *call, const struct undersampling *is, int *kept);
void undersampling_arrange(const struct undersampling *is, int *kept);

/* Outputs from kept. */
void undersampling_report(struct call *call, const struct undersampling *is, const int *kept);

/* Inputs and outputs as above. */
void random_undersampling_answer(struct call *call);
