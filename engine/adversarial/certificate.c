// SPDX-License-Identifier: MIT
#include "certificate.h"

struct certificate certificate_read(struct question *q, size_t most)
{
    static const char *const names[] = {"clopper_pearson", "hoeffding", "wilson", "wald", NULL};
    return (struct certificate){.kernels = question_team(q)->kernels,
                                .method = question_choice(q, "bound", names),
                                .scratch = question_scratch(q, most + 1)};
}

static scalar chain(size_t n, const scalar *x)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

static scalar logarithm(const struct kernels *kernels, scalar x)
{
    kernels->logarithm(1, &x, &x);
    return x;
}

static scalar log_choose(const struct certificate *is, size_t k, size_t n)
{
    const size_t m = k < n - k ? k : n - k;
    for (size_t i = 0; i < m; i++)
        is->scratch[i] = (scalar)(n - m + i + 1) / (scalar)(i + 1);
    is->kernels->logarithm(m, is->scratch, is->scratch);
    return chain(m, is->scratch);
}

/* The logarithm of P(X >= k), or of P(X <= k). */
static scalar log_tail(const struct certificate *is, size_t k, size_t n, scalar log_C, scalar p,
                       bool below)
{
    const scalar odds = below ? (1 - p) / p : p / (1 - p);
    const size_t terms = below ? k : n - k;
    scalar log_q = -p;
    is->scratch[0] = 1;
    for (size_t i = 0; i < terms; i++) {
        const size_t fewer = terms - i, more = n - terms + i + 1;
        is->scratch[i + 1] = is->scratch[i] * ((scalar)fewer / (scalar)more) * odds;
    }
    is->kernels->logarithm_one_plus(1, &log_q, &log_q);
    return log_C + (scalar)k * logarithm(is->kernels, p) + (scalar)(n - k) * log_q +
           logarithm(is->kernels, chain(terms + 1, is->scratch));
}

static scalar exact(const struct certificate *is, size_t k, size_t n, scalar alpha, bool upper)
{
    const scalar goal = logarithm(is->kernels, alpha), log_C = log_choose(is, k, n);
    scalar outside = upper, inside = (scalar)k / (scalar)n;
    scalar middle = (outside + inside) / 2;
    while (middle != outside && middle != inside) {
        if (log_tail(is, k, n, log_C, middle, upper) < goal)
            outside = middle;
        else
            inside = middle;
        middle = (outside + inside) / 2;
    }
    return outside;
}

/* All successes: alpha^(1/n); and 1 less that. */
static scalar root_of(const struct certificate *is, size_t n, scalar alpha, bool rest)
{
    scalar power = logarithm(is->kernels, alpha) / (scalar)n;
    if (!rest) {
        is->kernels->exponential(1, &power, &power);
        return power;
    }
    is->kernels->exponential_minus_one(1, &power, &power);
    return -power;
}

scalar certificate_bound(const struct certificate *is, size_t k, size_t n, scalar alpha, bool upper)
{
    const scalar N = (scalar)n, K = (scalar)k, sign = upper ? 1 : -1;
    const scalar spread = K * (scalar)(n - k) / N;
    scalar p;
    if (is->method == 0) {
        if (k == 0 || k == n)
            return upper == (k == n) ? (scalar)upper : root_of(is, n, alpha, upper);
        return exact(is, k, n, alpha, upper);
    }
    if (is->method == 1) {
        p = K / N + sign * scalar_sqrt(-logarithm(is->kernels, alpha) / (2 * N));
    } else {
        const scalar z = -normal_quantile(is->kernels, alpha), square = z * z;
        p = is->method == 3
                ? K / N + sign * (z * scalar_sqrt(spread) / N)
                : (K + square / 2 + sign * (z * scalar_sqrt(spread + square / 4))) / (N + square);
    }
    return p < 0 ? 0 : p > 1 ? 1 : p;
}

scalar certificate_fair_test(const struct certificate *is, size_t k, size_t n)
{
    scalar p = log_tail(is, k, n, log_choose(is, k, n), (scalar)0.5, false);
    is->kernels->exponential(1, &p, &p);
    return 2 * p < 1 ? 2 * p : 1;
}

scalar normal_quantile(const struct kernels *kernels, scalar p)
{
    const scalar tail = p < (scalar)0.5 ? p : 1 - p, root = scalar_sqrt((scalar)0.5);
    scalar low = 0, high = 40, z = 20;
    while (tail != (scalar)0.5 && z != low && z != high) {
        scalar e = z * root;
        kernels->complementary_error(1, &e, &e);
        if (e / 2 > tail)
            low = z;
        else
            high = z;
        z = (low + high) / 2;
    }
    return p < (scalar)0.5 ? -low : low;
}
