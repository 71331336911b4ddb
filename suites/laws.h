// SPDX-License-Identifier: MIT
/* laws.h - what can be said of an output when whoever answers has drawn the random numbers.
 *
 * A law is a text in the case (assay_law):
 *
 *     two A P B              each value is A with probability P, else B
 *     normal MEAN SD         Gaussian
 *     uniform LOW HIGH       continuous uniform
 *     truncated SD LOW HIGH  Gaussian of mean 0 and deviation SD, cut off outside [LOW, HIGH]
 *     orthogonal GAIN        a matrix of orthonormal rows or columns times GAIN, uniform (Haar)
 *     permutation            of 0 .. n-1 along the last axis, all equally likely
 *
 * all of independent elements, or one of those that compare the output with the inputs of its
 * case: laws_of_questions.h.
 *
 * `per K` behind the first four: one draw for each index of the first K axes, and the same value
 * along the others (one mask per channel: `two 2 0.5 0 per 2`).
 *
 * Each law is several tests; a test has a statistic and a limit that a correct implementation
 * exceeds with a probability of at most LAW_ALARM, by an inequality that holds for every size:
 *
 *     support      every value is one that the law allows, up to 4 roundings of the precision
 *     frequency    n KL(k/n || p) <= L = log(2 / LAW_ALARM), for k of n: Chernoff and Hoeffding
 *     distribution sup |F_n - F| <= sqrt(L / (2 n)): Dvoretzky, Kiefer, Wolfowitz and Massart
 *     mean         normal: |mean - MEAN| <= SD sqrt(2 L / n); bounded: Bernstein with the variance
 *     variance     normal: sum of squares between n - 2 sqrt(n L) and n + 2 sqrt(n L) + 2 L
 *                  (Laurent and Massart); bounded by M: Bernstein, the variance of squares being at
 *                  most variance (M^2 - variance)
 *     neighbours   of disjoint pairs, along the last axis and along the first: how many are on the
 *                  same side of the median, or equal; a frequency
 *     orthonormal  |w w' - GAIN^2 1| <= 8 max(rows, columns) u GAIN^2, a bound and not a test
 *     signs        of the first column and of the diagonal: how many are positive; a frequency
 *     fixed points of a permutation, and of it after its neighbour: fewer than 14, as 1/14! <
 *                  LAW_ALARM; their means over rows, and over disjoint pairs of rows: Bernstein, as
 *                  their expectation and their variance are 1
 *     ascents      of disjoint pairs: a frequency
 *
 * Sources: Bernstein 1946 in the form of Boucheron et al. 2013, 2.10; Hoeffding 1963; Massart 1990;
 * Laurent and Massart 2000, lemma 1; Mezzadri 2007 (Haar).
 */
#pragma once

#include "protocol/case.h"

#define LAW_ALARM 1e-10

/* The verdict on one output. */
struct law_verdict {
    double ratio; /* largest statistic / limit; at most 1 passes; INFINITY outside the support */
    int tests;    /* that could alarm falsely: each does with a probability of at most LAW_ALARM */
    char message[ASSAY_TEXT]; /* of the worst test: a sentence */
};

/* Whether a text is a law that can be judged. */
int law_known(const char *text);

/* Judges `value`, an output of that shape in a precision by its name; `question` is the case, and
 * NULL will do for laws that do not look at it. */
struct law_verdict law_judge(const struct assay_case *question, const char *text,
                             const char *precision, int rank, const size_t dim[],
                             const double *value);
