// SPDX-License-Identifier: MIT
/* laws_of_questions.h - laws that compare an output with the inputs of its case, for techniques
 * that are right in many ways: attacks, resampling, certificates. Texts of laws, as in laws.h:
 *
 *     attack NORM RADIUS LOW HIGH  The output is the input `x`, each sample moved by at most RADIUS
 *         in NORM (linf, l2 or l1) and inside [LOW, HIGH], both up to 4 roundings; and the mean
 *         loss of the model (w1, b1, ..., labels) there, as multilayer_perceptron defines it, is at
 *         least 1 - 2^-10 of what the reference's own attack reaches from another random start.
 *     segments K CLASS             Each sample of the output is a + gap (b - a), up to 4 roundings,
 *         for a sample a of the input `x` whose `label` (or `labels`) is CLASS, and b one of the K
 *         that are nearest to it in that class; the gaps are independent and uniform in [0, 1].
 *     oversampled                  Indices of samples that are repeated, so many of each class of
 *         `label` that with them it is as large as the largest; those of a class are uniform in it.
 *     undersampled                 Indices of samples, none twice, each class as often as the
 *         smallest; those of a class are a uniform subset of it.
 *     certified SIGMA N ALPHA      Radii (0: no answer) of randomized smoothing with N votes for a
 *         linear model of two classes (w1, b1), each right with probability 1 - ALPHA at least:
 *         none exceeds the true distance r = |z_0 - z_1| / |w_0 - w_1|, and none is below SIGMA
 *         Phi^-1(Phi(r / SIGMA) - sqrt(L / (2 N)) - sqrt(log(1 / ALPHA) / (2 N))). ALPHA counts as
 *         chance of a false alarm, so cases state one of 1e-12 or less.
 *
 * Uniform in a class: by the mean rank of what is drawn, |mean - 1/2| <= sqrt(L / (2 n)) (Hoeffding
 * 1963, theorem 2 and section 6, which admits sampling without replacement); with replacement also
 * by the distribution of the ranks, as in laws.h. The lower end of `certified`: the votes are below
 * n p by more than sqrt(n L / 2) with the probability of a false alarm, and the bound of Clopper
 * and Pearson is nowhere below Hoeffding's.
 */
#pragma once

#include "laws.h"

/* Whether a text is such a law. */
int law_of_questions(const char *text);

/* Judges an output of case `question`, as law_judge does. */
struct law_verdict law_of_questions_judge(const struct assay_case *question, const char *text,
                                          const char *precision, int rank, const size_t dim[],
                                          const double *value);
