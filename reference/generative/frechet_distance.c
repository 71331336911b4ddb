// SPDX-License-Identifier: MIT
#include "frechet_distance.h"

#include "../synthetic_data/gaussian_cloud.h"

/* Moments of the samples called `name`, N of them. */
static void find(struct call *call, real *mean, real *covariance, const char *name,
                 const char *shape)
{
    const real *x = call_input(call, name, shape);
    size_t N = call_size(call, shape[0]), D = call_size(call, 'D');
    if (N == 0 || D == 0)
        call_fail(call, "input '%s' has no samples or no features", name);
    size_t ddof = call_count_or(call, "ddof", 1, 0, N - 1);
    real *c = call_scratch(call, N * D);
    sample_moments_find(mean, covariance, c, x, real_count(N - ddof), N, D, call_block(call));
}

struct frechet frechet_distance_read(struct call *call)
{
    static const char *const roots[] = {"no", "yes", NULL};
    real epsilon = call_number_or(call, "epsilon", R(0.0));
    struct frechet f = {.rooted = call_choice(call, "root", roots)};
    call_input(call, "x", "ND");
    size_t D = f.D = call_size(call, 'D');
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' is negative");
    f.mean_x = call_scratch(call, D);
    f.mean_y = call_scratch(call, D);
    f.a = call_scratch(call, D * D);
    f.b = call_scratch(call, D * D);
    find(call, f.mean_x, f.a, "x", "ND");
    if (call_has(call, "covariance_y")) {
        const real *mean = call_input(call, "mean_y", "D");
        const real *covariance = call_input(call, "covariance_y", "DD");
        for (size_t i = 0; i < D * D; i++) {
            f.mean_y[i % D] = mean[i % D];
            f.b[i] = covariance[i];
        }
    } else {
        find(call, f.mean_y, f.b, "y", "MD");
    }
    for (size_t d = 0; d < D; d++) {
        f.a[d * D + d] = f.a[d * D + d] + epsilon;
        f.b[d * D + d] = f.b[d * D + d] + epsilon;
    }
    f.mean_term = call_output(call, "mean_term", "");
    f.root_trace = call_output(call, "root_trace", "");
    f.distance = call_output(call, "distance", "");
    return f;
}

/* One rotation that makes a[p,q] 0. */
static void rotate(real *a, size_t D, size_t p, size_t q)
{
    real off = a[p * D + q];
    if (off == 0)
        return;
    real theta = (a[q * D + q] - a[p * D + p]) / (2 * off);
    real t = 1 / (real_abs(theta) + real_sqrt(theta * theta + 1));
    t = theta < 0 ? -t : t;
    real c = 1 / real_sqrt(t * t + 1), s = t * c, tau = s / (1 + c);
    a[p * D + p] = a[p * D + p] - t * off;
    a[q * D + q] = a[q * D + q] + t * off;
    a[p * D + q] = a[q * D + p] = R(0.0);
    for (size_t k = 0; k < D; k++) {
        if (k == p || k == q)
            continue;
        real at_p = a[k * D + p], at_q = a[k * D + q];
        a[k * D + p] = a[p * D + k] = at_p - s * (at_q + tau * at_p);
        a[k * D + q] = a[q * D + k] = at_q + s * (at_p - tau * at_q);
    }
}

void jacobi_eigenvalues(real *a, size_t D)
{
    for (int sweep = 0; sweep < FRECHET_SWEEPS; sweep++) {
        for (size_t p = 0; p < D; p++) {
            for (size_t q = p + 1; q < D; q++)
                rotate(a, D, p, q);
        }
    }
}

void frechet_distance_answer(struct call *call)
{
    struct frechet f = frechet_distance_read(call);
    size_t D = f.D;
    real *l = call_scratch(call, D * D), *bl = call_scratch(call, D * D);
    real *s = call_scratch(call, D * D), *gap = call_scratch(call, D);
    cholesky_factor(call, l, f.a, D, "x");
    for (size_t i = 0; i < D * D; i++)
        bl[i] = sum_products(R(0.0), D, &f.b[i / D * D], 1, &l[i % D], D);
    for (size_t i = 0; i < D * D; i++)
        s[i] = sum_products(R(0.0), D, &l[i / D], D, &bl[i % D], D);
    jacobi_eigenvalues(s, D);
    for (size_t d = 0; d < D; d++) {
        real lambda = s[d * D + d];
        bl[d] = lambda > 0 ? real_sqrt(lambda) : R(0.0);
        gap[d] = f.mean_x[d] - f.mean_y[d];
    }
    *f.root_trace = sum_features(D, bl, 1);
    *f.mean_term = sum_products(R(0.0), D, gap, 1, gap, 1);
    real traces = *f.mean_term + sum_features(D, f.a, D + 1);
    *f.distance = traces + sum_features(D, f.b, D + 1) - 2 * *f.root_trace;
    if (f.rooted)
        *f.distance = *f.distance > 0 ? real_sqrt(*f.distance) : R(0.0);
}
