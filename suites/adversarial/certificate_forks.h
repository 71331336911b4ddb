// SPDX-License-Identifier: MIT
/* certificate_forks.h - bounds of a binomial probability in another way, for the forks of the
 * certificates: the incomplete beta function as a continued fraction, Newton's method for its
 * inverse and for the normal quantile. */
#pragma once

#include "../fork.h"

static inline real rival_log_choose(size_t k, size_t n)
{
    real sum = 0;
    for (size_t i = 1; i <= (k < n - k ? k : n - k); i++)
        sum = sum + real_log(real_count(n + 1 - i)) - real_log(real_count(i));
    return sum;
}

/* The continued fraction of I_x(a, b), from its end; 1 / (1 + d_1 / (1 + d_2 / ...)). */
static inline real rival_fraction(real a, real b, real x)
{
    real value = 1;
    for (size_t i = 400; i > 0; i--) {
        real m = real_count(i / 2);
        real d = i % 2 ? -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1))
                       : m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m));
        value = 1 + d * x / value;
    }
    return 1 / value;
}

/* The p with P(X >= k) = alpha, 0 < k <= n: Newton's steps on the logarithm, which is concave, from
 * below. */
static inline real rival_exact_lower(size_t k, size_t n, real alpha)
{
    real a = real_count(k), b = real_count(n - k + 1), goal = real_log(alpha);
    real log_C = rival_log_choose(k, n), p = real_exp((goal - log_C) / a);
    for (int step = 0; step < 60; step++) {
        real fraction = rival_fraction(a, b, p);
        real value = log_C + a * real_log(p) + b * real_log1p(-p) + real_log(fraction);
        real next = p + (goal - value) * p * (1 - p) * fraction / a;
        if (!(next > 0 && next < 1) || next == p)
            return p;
        p = next;
    }
    return p;
}

/* The normal quantile: Newton's steps on the tail, which is convex, from 0. */
static inline real rival_quantile(real p)
{
    real tail = p < R(0.5) ? p : 1 - p, z = 0;
    real density = real_sqrt(2 * R(3.14159265358979323846264338327950288));
    for (int step = 0; step < 200; step++) {
        real over = real_erfc(z / real_sqrt(R(2.0))) / 2 - tail;
        real next = z + over * density * real_exp(z * z / 2);
        if (next == z)
            break;
        z = next;
    }
    return p < R(0.5) ? -z : z;
}

/* By method: 0 exact, 1 Hoeffding, 2 Wilson, 3 Wald. */
static inline real rival_lower(int method, size_t k, size_t n, real alpha)
{
    real N = real_count(n), share = real_count(k) / N, p = 0;
    if (method == 0)
        return k == 0 ? 0 : rival_exact_lower(k, n, alpha);
    if (method == 1) {
        p = share - real_sqrt(real_log(1 / alpha) / N / 2);
    } else {
        real z = -rival_quantile(alpha), K = real_count(k);
        p = method == 3
                ? share - z * real_sqrt(K * (N - K) / (N * N * N))
                : (2 * K + z * z - z * real_sqrt(z * z + 4 * K * (N - K) / N)) / (2 * (N + z * z));
    }
    return p < 0 ? 0 : p;
}

static inline real rival_upper(int method, size_t k, size_t n, real alpha)
{
    return 1 - rival_lower(method, n - k, n, alpha);
}

static inline int rival_method(struct call *call)
{
    static const char *const names[] = {"clopper_pearson", "hoeffding", "wilson", "wald", NULL};
    return call_choice(call, "bound", names);
}
