// SPDX-License-Identifier: MIT
/* votes.h - what votes under noise certify; used by certified_radius and randomized_smoothing.
 *
 *     class[n]   = the class with most selection votes
 *     p_lower[n] = lower(votes of that class, all votes, a),  p_upper[n] bounds every other class
 *     radius[n]  = sigma quantile(p_lower)                   (form one: p_upper = 1 - p_lower)
 *                = sigma / 2 (quantile(p_lower) - quantile(p_upper))    (form two)
 *     where p_lower > p_upper; else class = -1 and radius = 0: the smoothed classifier abstains
 *     p_value[n]   = min(1, 2 P(X >= m1)) of m1 + m2 fair coins, m1 and m2 the two largest counts
 *     predicted[n] = the class of m1 where p_value <= alpha, else -1
 *
 * Counts (N,K) of K >= 2 classes. The class of a certificate is chosen by other votes than those
 * that bound its probability; a prediction has only the latter. lower, upper, quantile:
 * certificate.h.
 *
 * Conventions: sigma above 0, the noise's deviation; alpha (0.001) in (0, 1).
 *   form = one (Cohen, Rosenfeld and Kolter's procedure: a = alpha; default) or two (their theorem
 *     1: p_upper = upper(largest votes of another class, all, a), a = alpha / 2 for both bounds
 *     together to hold).
 *   bound = clopper_pearson (default), hoeffding, wilson, wald: see binomial_confidence.h.
 *   ties = first (NumPy's argmax, default) or last: the class of equal counts, for m1 too.
 * Edge cases: all votes for one class give p_lower = a^(1/n) and p_value = 2^(1-n). Refused: no
 *     votes, negative ones.
 * Order of operations: as written; sigma / 2 first. p_value: 2 e^(the logarithm of certificate.h at
 *     p = 1/2).
 */
#pragma once

#include "certificate.h"

struct votes {
    struct certificate certificate;
    real alpha, sigma;
    int two, last;
    size_t K;
};

/* Reads numbers and conventions, for up to `most` votes a sample. */
struct votes votes_read(struct call *call, size_t K, size_t most);

/* Makes and fills the outputs class, p_lower, p_upper, radius, predicted, p_value (N) from counts
 * (N,K). */
void votes_answer(struct call *call, const struct votes *is, const int *selection,
                  const int *estimation);
