// SPDX-License-Identifier: MIT
/* golden.h - derives the answer to a case: value, bounds, margins, and a second derivation of each.
 *
 * Value.   The reference in binary128, split into high + low doubles.
 *
 * Bound.   How far a correct implementation in a precision with unit roundoff u can be from it, for
 *          each element i. The reference is run in that precision in 14 manners (four rounding
 *          directions for each of three orders of summation, and elementary functions that are off
 *          by +-4 u), and in binary128 on inputs that are changed by one unit of that precision at
 *          random (4 times). With e the largest error over all of these runs,
 *
 *              bound[i] = 2 max(e[i], r |g[i]|) + 2 u |g[i]| + t
 *
 *          Directed rounding makes every error of a sum point the same way, so e is near the worst
 *          case, not near the typical one; the changed inputs show how ill-conditioned the element
 *          is, even where the runs happen to be exact. r is the median of e / |g| in the same
 *          tensor: an element that all runs hit by luck gets what its neighbours need. 2 is for
 *          orders of operations nobody tried, 2 u |g| for two roundings more (a store, a unit
 *          conversion), t the smallest normal number, because some processors flush to zero.
 *          In the exact tier all runs must agree to the last bit, and the bound is 0.
 *          These five constants are all there is; they hold for every case of every technique.
 *
 * Margin.  Each decision (the sign of a distance) gets a bound in the same way. The smallest
 *          |distance| / bound must be at least 16, or the case is refused: a correct implementation
 *          might decide otherwise. A distance that is exactly 0 in every run is a tie, which the
 *          case's conventions settle.
 *
 * Second derivation. Gradients must agree with fourth-order central differences in binary128 to 20
 *          digits, everything with a twin (fork.h) to 25.
 */
#pragma once

#include "protocol/case.h"

/* What the derivation found, for those who want to see it. */
struct golden_findings {
    int gradients;          /* outputs that were confirmed by differences */
    double gradient_digits; /* the smallest agreement of all; INFINITY: exact */
    int twins;              /* that apply to this case */
    double twin_digits;     /* the smallest agreement of all twins and outputs; INFINITY: exact */
};

/* Fills `golden` from `test`. Returns 0, or 2 with a sentence in `error` (ASSAY_ERROR long): the
 * case is unusable, or cannot be certified. */
int golden_derive(const struct assay_case *test, struct assay_golden *golden,
                  struct golden_findings *findings, char *error);
