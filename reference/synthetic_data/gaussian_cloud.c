// SPDX-License-Identifier: MIT
#include "gaussian_cloud.h"

void cholesky_factor(struct call *call, real *l, const real *a, size_t D, const char *name)
{
    for (size_t i = 0; i < D; i++) {
        for (size_t j = 0; j <= i; j++) {
            real rest = -sum_products(-a[i * D + j], j, &l[i * D], 1, &l[j * D], 1);
            if (i == j && !(rest > 0))
                call_fail(call, "input '%s' is not positive definite", name);
            l[i * D + j] = i == j ? real_sqrt(rest) : rest / l[j * D + j];
        }
    }
}

struct cloud gaussian_cloud_read(struct call *call)
{
    static const char *const factors[] = {"lower", "deviates_first", NULL};
    struct cloud c = {.transposed = call_choice(call, "factor", factors),
                      .z = call_input(call, "z", "ND"),
                      .mean = call_input(call, "mean", "D")};
    size_t D = c.D = call_size(call, 'D');
    c.N = call_size(call, 'N');
    if (c.N == 0 || D == 0)
        call_fail(call, "input 'z' has no samples or no features");
    c.factor = call_scratch(call, D * D);
    if (call_has(call, "covariance")) {
        const real *covariance = call_input(call, "covariance", "DD");
        cholesky_factor(call, c.factor, covariance, D, "covariance");
        return c;
    }
    if (!call_has(call, "deviation"))
        call_fail(call, "input 'covariance' is missing, and deviation too");
    const real *deviation = call_input(call, "deviation", "D");
    for (size_t d = 0; d < D; d++) {
        c.factor[d * D + d] = deviation[d];
        if (!(deviation[d] >= 0))
            call_fail(call, "input 'deviation' is negative in feature %zu", d);
    }
    return c;
}

void gaussian_cloud_answer(struct call *call)
{
    struct cloud c = gaussian_cloud_read(call);
    size_t D = c.D;
    real *x = call_output(call, "x", "ND"), *factor = call_output(call, "factor", "DD");
    real *distance = call_output(call, "distance", "N");
    for (size_t i = 0; i < D * D; i++)
        factor[i] = c.factor[i];
    for (size_t n = 0; n < c.N; n++) {
        const real *z = &c.z[n * D];
        for (size_t d = 0; d < D; d++) {
            if (c.transposed)
                x[n * D + d] = sum_products(c.mean[d], D - d, &z[d], 1, &factor[d * D + d], D);
            else
                x[n * D + d] = sum_products(c.mean[d], d + 1, z, 1, &factor[d * D], 1);
        }
        distance[n] = sum_products(R(0.0), D, z, 1, z, 1);
    }
}
