// SPDX-License-Identifier: MIT
#include "certificate.h"

enum bound_method bound_method_read(struct call *call)
{
    static const char *const names[] = {"clopper_pearson", "hoeffding", "wilson", "wald", NULL};
    return (enum bound_method)call_choice(call, "bound", names);
}

static real log_choose(const struct certificate *is, size_t k, size_t n)
{
    size_t m = k < n - k ? k : n - k;
    for (size_t i = 1; i <= m; i++)
        is->scratch[i - 1] = real_log(real_count(n - m + i) / real_count(i));
    return sum_features(m, is->scratch, 1);
}

/* log P(X >= k), or log P(X <= k), where log_C is log C(n,k). */
static real log_tail(const struct certificate *is, size_t k, size_t n, real log_C, real p,
                     int below)
{
    real odds = below ? (1 - p) / p : p / (1 - p), term = R(1.0);
    size_t terms = 0;
    is->scratch[terms++] = term;
    for (size_t j = k; below ? j > 0 : j < n; below ? j-- : j++) {
        real ratio =
            below ? real_count(j) / real_count(n - j + 1) : real_count(n - j) / real_count(j + 1);
        term = term * ratio * odds;
        is->scratch[terms++] = term;
    }
    real sum = sum_features(terms, is->scratch, 1);
    return log_C + real_count(k) * real_log(p) + real_count(n - k) * real_log1p(-p) + real_log(sum);
}

static real exact_bound(const struct certificate *is, size_t k, size_t n, real alpha, int upper)
{
    real target = real_log(alpha), log_C = log_choose(is, k, n);
    real outer = upper ? R(1.0) : R(0.0), inner = real_count(k) / real_count(n);
    for (;;) {
        real p = (outer + inner) / 2;
        if (p == outer || p == inner)
            return outer;
        if (log_tail(is, k, n, log_C, p, upper) < target)
            outer = p;
        else
            inner = p;
    }
}

/* How far a bound lies from k/n, where it is not exact; the middle of wilson is another one. */
static real approximate(enum bound_method method, size_t k, size_t n, real alpha, int upper)
{
    real N = real_count(n), K = real_count(k), sign = upper ? R(1.0) : R(-1.0), p;
    real spread = K * real_count(n - k) / N;
    if (method == BOUND_HOEFFDING) {
        p = K / N + sign * real_sqrt(-real_log(alpha) / (2 * N));
    } else {
        real z = -normal_quantile(alpha), square = z * z;
        p = method == BOUND_WALD
                ? K / N + sign * (z * real_sqrt(spread) / N)
                : (K + square / 2 + sign * (z * real_sqrt(spread + square / 4))) / (N + square);
    }
    return p < 0 ? R(0.0) : p > 1 ? R(1.0) : p;
}

real certificate_lower(const struct certificate *is, size_t k, size_t n, real alpha)
{
    if (is->method != BOUND_CLOPPER_PEARSON)
        return approximate(is->method, k, n, alpha, 0);
    if (k == 0)
        return R(0.0);
    return k == n ? real_exp(real_log(alpha) / real_count(n)) : exact_bound(is, k, n, alpha, 0);
}

real certificate_upper(const struct certificate *is, size_t k, size_t n, real alpha)
{
    if (is->method != BOUND_CLOPPER_PEARSON)
        return approximate(is->method, k, n, alpha, 1);
    if (k == n)
        return R(1.0);
    return k == 0 ? -real_expm1(real_log(alpha) / real_count(n)) : exact_bound(is, k, n, alpha, 1);
}

real certificate_fair_tail(const struct certificate *is, size_t k, size_t n)
{
    return log_tail(is, k, n, log_choose(is, k, n), R(0.5), 0);
}

real normal_quantile(real p)
{
    real tail = p < R(0.5) ? p : 1 - p, low = R(0.0), high = R(40.0), root = real_sqrt(R(0.5));
    for (;;) {
        real z = (low + high) / 2;
        if (z == low || z == high || tail == R(0.5))
            return p < R(0.5) ? -low : low;
        if (real_erfc(z * root) / 2 > tail)
            low = z;
        else
            high = z;
    }
}
