// SPDX-License-Identifier: MIT
/* ADASYN, adaptive synthetic sampling: like SMOTE, but members with many neighbours of other
 * classes get more new samples.
 *
 *     hardness[n] = how many of the k nearest of all samples are not of the class of n, / k
 *     made[n]     = round(hardness[n] / (sum of hardness over the class) (balance (goal - count)))
 *     the new samples of a class: made[n] times source n, members in the order of the data
 *     synthetic[s] = x[source] + gap[s] (x[partner] - x[source])
 *
 * Which classes grow, and goal and count, say label and strategy: classes.h. The partner is
 * neighbour number pick[s] of the k nearest of the class. x (N,D), label (N), pick and gap (G): G
 * draws, of which the first S are used, S the sum of made. Numbers neighbours k (5), balance (1) in
 * (0, 1]. Outputs hardness, made (N), 0 where the class does not grow; synthetic (G,D), source,
 * partner (G): rows from S on are 0, and -1.
 *
 * Conventions: rounding of made = even (default: halves to the even number; NumPy's rint, which
 *     imbalanced-learn uses), half_up or down (a cut, as much hand-written code has it). S is
 *     therefore not quite balance (goal - count). Ties and duplicates: neighbours.h.
 * Source: He, Bai, Garcia and Li 2008, steps 2 to 5. (The paper chooses partners among those of the
 *     k nearest of all that are of the class; imbalanced-learn, followed here, among the k nearest
 *     of the class.)
 * Edge cases: no member of a class that grows has a neighbour of another one: the paper divides 0
 *     by 0, and that is refused, as imbalanced-learn does. Fewer draws than S are refused; so are k
 *     at or above the number of members or of samples.
 * Order of operations: hardness: a quotient; their sum: a chain over the members. made: quotient,
 *     product with (balance (goal - count)). Decisions: its distance to the next half (or whole)
 *     numbers. Then difference, product, sum.
 */
#pragma once

#include "classes.h"
#include "neighbours.h"

enum { ROUND_EVEN, ROUND_UP, ROUND_DOWN };

struct adasyn {
    struct classes classes;
    struct points points;
    size_t G, k;
    const int *goal, *pick;
    const real *gap;
    real balance;
    int rounding;
    real *hardness, *made, *synthetic, *source, *partner;
};

/* Reads a call and makes its outputs. */
struct adasyn adasyn_read(struct call *call);

/* hardness and made of class c. */
void adasyn_judge(struct call *call, const struct adasyn *is, int c);

/* The nearest whole number to a value that is not negative. */
real adasyn_round(struct call *call, const struct adasyn *is, real value);

/* Inputs and outputs as above. */
void adasyn_answer(struct call *call);
