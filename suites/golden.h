// SPDX-License-Identifier: MIT
/* golden.h - derives the answer to a case: value, bounds, margins, and a second derivation of each.
 *
 * Value.   The reference in binary128, split into high + low doubles.
 *
 * Bound.   How far a correct implementation in a precision with unit roundoff u can be from it, for
 *          each element i of a tensor g:
 *
 *              bound[i] = 4 max(e[i], r |g[i]|) + 2 p[i] + 2 u |g[i]| + t
 *
 *          e is the largest error over 18 runs of the reference in that precision: four rounding
 *          directions for each of three orders of summation, elementary functions that are off by
 *          +-4 u or flush their subnormal values to 0 (some libraries tell the processor so, and
 *          what is flushed may be multiplied up), and every partial sum moved by u, up, down or at
 *          random (short data often adds up exactly in binary64, where Welford's mean would round
 *          at every step). Directed rounding
 *          makes all errors of a sum point the same way, so e is near the worst case of this
 *          formula. r is the median of e / |g| over the elements with an error: an element that all
 *          runs hit by luck gets what its neighbours need. 4, because another correct formula may
 *          round more often at the same scale (w - rate (g + decay w) rounds once at the size of w,
 *          and w (1 - rate decay) - rate g three times).
 *          p is the largest change over 8 runs in binary128 on inputs each of which is moved to the
 *          next number of that precision, up or down at random. It shows how ill-conditioned an
 *          element is where the formula happens to be exact: y (dy - mean) does not round dy y
 *          where y dy - y mean does. 2, because data may be rounded twice on its way.
 *          2 u |g| is two roundings more of the result (a store, a conversion of units), t the
 *          smallest normal number, because some processors flush to zero.
 *          In the exact tier all orders and directions must agree to the last bit, and the bound
 *          is 0.
 *          In bfloat16 and binary16 (low_arithmetic.h) the same, with every operation rounded to so
 *          few bits; who accumulates in binary32 and rounds at the end is closer. A ninth run on changed
 *          inputs has them rounded to the precision. A low precision is
 *          often too coarse: a decision may fall otherwise, a value leave the range, or the bound
 *          reach the value. So a case is certified in it only if its margin is kept, all bounds are
 *          finite, in every output that is not all zeros some element is larger than twice its bound,
 *          its twins pass in every direction and all negative controls (kill.h) are caught. Exact data
 *          must be numbers of the precision, and so must the answer. Results in a precision for which
 *          a case is not certified are not judged.
 *          These constants are all there is; they hold for every case of every technique. `assay
 *          kill` measures both sides: twins, which have no part in the derivation, pass in every
 *          rounding direction; forks fail.
 *
 * Margin.  Each decision (the sign of a distance) gets a bound in the same way. The smallest
 *          |distance| / bound must be at least 16, or the case is refused: a correct implementation
 *          might decide otherwise. A distance that is exactly 0 in every run is a tie, which the
 *          case's conventions settle.
 *
 * Refusals. In tier "refused" the reference must refuse in every precision and quote the name of
 *          what is impossible. In tier "statistical" the reference and its twins must obey the laws
 *          of the case (laws.h) with four seeds in every precision.
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
