// SPDX-License-Identifier: MIT
/* certificate.h - bounds of a binomial probability and the normal quantile: what certificates from
 * votes are made of. Used by binomial_confidence, certified_radius and randomized_smoothing.
 *
 *     lower(k, n, alpha):  the p with P(X >= k) = alpha, X binomial (n, p); 0 where k = 0
 *     upper(k, n, alpha):  the p with P(X <= k) = alpha; 1 where k = n          (clopper_pearson)
 *     k/n -+ sqrt(log(1/alpha) / (2 n)), cut to [0, 1]                           (hoeffding)
 *     (k + z^2/2 -+ z sqrt(k (n - k) / n + z^2/4)) / (n + z^2), z = -quantile(alpha)   (wilson)
 *     k/n -+ z sqrt(k (n - k) / n) / n, cut to [0, 1]                            (wald)
 *     quantile(p): the z with erfc(-z / sqrt 2) / 2 = p
 *
 * The exact bounds are quantiles of beta distributions, lower that of (k, n - k + 1) at alpha.
 *
 * Order of operations: log C(n,k) is a chain of additions of log((n - m + i) / i) over i = 1 .. m,
 * m = min(k, n - k). The tail from k upwards is C p^k q^(n-k) S with S = 1 + t_1 + t_2 + ..., a
 * chain, t_i = (t_{i-1} ((n - j) / (j + 1))) (p / q) with j = k, k + 1, ...; downwards ((j / (n -
 * j + 1)) (q / p)). Its logarithm, ((log C + k log p) + (n - k) log1p(-p)) + log S, is compared
 * with log alpha, and p is halved towards the answer between 0 and k/n, or k/n and 1, until no
 * number lies between. k = n: exp(log(alpha) / n); k = 0: -expm1(log(alpha) / n). The quantile is
 * found likewise between 0 and 40 from the smaller of p and 1 - p, which loses nothing above 1/2,
 * with erfc(z sqrt(1/2)) / 2. Of the last two numbers the one further from k/n is taken, and the
 * smaller z.
 */
#pragma once

#include "../call.h"

enum bound_method { BOUND_CLOPPER_PEARSON, BOUND_HOEFFDING, BOUND_WILSON, BOUND_WALD };

/* Convention bound of a call. */
enum bound_method bound_method_read(struct call *call);

/* Scratch for counts of up to n. */
struct certificate {
    enum bound_method method;
    real *scratch;
};

/* The lower and the upper bound of a probability of which k of n trials are known, n >= 1; each is
 * wrong with probability alpha in (0, 1). */
real certificate_lower(const struct certificate *is, size_t k, size_t n, real alpha);
real certificate_upper(const struct certificate *is, size_t k, size_t n, real alpha);

/* log P(X >= k) of n fair coins. */
real certificate_fair_tail(const struct certificate *is, size_t k, size_t n);

/* p in (0, 1). */
real normal_quantile(real p);
