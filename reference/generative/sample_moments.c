// SPDX-License-Identifier: MIT
#include "sample_moments.h"

#include "../synthetic_data/gaussian_cloud.h"

struct sample_moments sample_moments_read(struct call *call)
{
    struct sample_moments m = {.block = call_block(call), .x = call_input(call, "x", "ND")};
    m.N = call_size(call, 'N');
    m.D = call_size(call, 'D');
    if (m.N == 0 || m.D == 0)
        call_fail(call, "input 'x' has no samples or no features");
    m.target_mean = call_input(call, "target_mean", "D");
    m.target_covariance = call_input(call, "target_covariance", "DD");
    m.ddof = call_count_or(call, "ddof", 1, 0, m.N - 1);
    m.mean = call_output(call, "mean", "D");
    m.covariance = call_output(call, "covariance", "DD");
    m.mean_error = call_output(call, "mean_error", "");
    m.covariance_error = call_output(call, "covariance_error", "");
    m.mahalanobis = call_output(call, "mahalanobis", "");
    if (call_has(call, "dmean")) {
        m.dmean = call_input(call, "dmean", "D");
        m.dcovariance = call_input(call, "dcovariance", "DD");
        m.dx = call_output(call, "dx", "ND");
    }
    return m;
}

void sample_moments_find(real *mean, real *covariance, real *c, const real *x, real divisor,
                         size_t N, size_t D, size_t block)
{
    for (size_t d = 0; d < D; d++) {
        mean[d] = sum_samples(N, block, &x[d], D) / real_count(N);
        for (size_t n = 0; n < N; n++)
            c[n * D + d] = x[n * D + d] - mean[d];
    }
    for (size_t i = 0; i < D * D; i++)
        covariance[i] = sum_sample_products(N, block, &c[i / D], D, &c[i % D], D) / divisor;
}

/* |a - b| of n numbers. */
static real distance(real *gap, const real *a, const real *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        gap[i] = a[i] - b[i];
    return real_sqrt(sum_products(R(0.0), n, gap, 1, gap, 1));
}

void sample_moments_answer(struct call *call)
{
    struct sample_moments m = sample_moments_read(call);
    size_t N = m.N, D = m.D;
    real *c = call_scratch(call, N * D), *l = call_scratch(call, D * D);
    real *gap = call_scratch(call, D * D), *u = call_scratch(call, D), *both = l;
    real divisor = real_count(N - m.ddof);
    sample_moments_find(m.mean, m.covariance, c, m.x, divisor, N, D, m.block);
    *m.covariance_error = distance(gap, m.covariance, m.target_covariance, D * D);
    *m.mean_error = distance(gap, m.mean, m.target_mean, D);
    cholesky_factor(call, l, m.target_covariance, D, "target_covariance");
    for (size_t i = 0; i < D; i++)
        u[i] = -sum_products(-gap[i], i, &l[i * D], 1, u, 1) / l[i * D + i];
    *m.mahalanobis = sum_products(R(0.0), D, u, 1, u, 1);
    if (!m.dmean)
        return;
    for (size_t i = 0; i < D * D; i++)
        both[i] = m.dcovariance[i] + m.dcovariance[i % D * D + i / D];
    for (size_t i = 0; i < N * D; i++) {
        size_t d = i % D;
        real turned = sum_products(R(0.0), D, &both[d * D], 1, &c[i / D * D], 1) / divisor;
        m.dx[i] = turned + m.dmean[d] / real_count(N);
    }
}
