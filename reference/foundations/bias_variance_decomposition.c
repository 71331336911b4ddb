// SPDX-License-Identifier: MIT
#include "bias_variance_decomposition.h"

/* Mean over the rows of (p[r,n] - centre[n])^2, with `count` for the number of rows; gap (R) is
 * scratch. */
static real mean_square(real *gap, const real *p, real centre, size_t R, size_t N, size_t count)
{
    for (size_t r = 0; r < R; r++)
        gap[r] = p[r * N] - centre;
    return sum_products(0, R, gap, 1, gap, 1) / real_count(count);
}

static void find_points(real *gap, real *mean, real *bias, real *variance, real *error,
                        const real *p, const real *truth, size_t ddof, size_t R, size_t N)
{
    for (size_t n = 0; n < N; n++) {
        mean[n] = sum_features(R, &p[n], N) / real_count(R);
        bias[n] = mean[n] - truth[n];
        variance[n] = mean_square(gap, &p[n], mean[n], R, N, R - ddof);
        error[n] = mean_square(gap, &p[n], truth[n], R, N, R);
    }
}

static real over_points(const real *x, size_t N, size_t block)
{
    return sum_samples(N, block, x, 1) / real_count(N);
}

static real find_noise(struct call *call, const real *truth, size_t N)
{
    const real *observed = call_input(call, "observed", "TN");
    size_t T = call_size(call, 'T');
    real *gap = call_scratch(call, T), *square = call_scratch(call, N);
    if (T == 0)
        call_fail(call, "input 'observed' has no rows; leave it out");
    for (size_t n = 0; n < N; n++)
        square[n] = mean_square(gap, &observed[n], truth[n], T, N, T);
    return over_points(square, N, call_block(call));
}

void bias_variance_decomposition_answer(struct call *call)
{
    static const char *const variances[] = {"population", "sample", NULL};
    static const char *const biases[] = {"plain", "corrected", NULL};
    const real *p = call_input(call, "predictions", "RN");
    size_t R = call_size(call, 'R'), N = call_size(call, 'N'), block = call_block(call);
    const real *truth = call_input(call, "truth", "N");
    size_t ddof = (size_t)call_choice(call, "variance", variances);
    if (R <= ddof || N == 0)
        call_fail(call,
                  "input 'predictions' has %zu refits of %zu points; that is too few for this "
                  "convention 'variance'",
                  R, N);
    real *mean = call_output(call, "mean", "N"), *bias = call_output(call, "bias", "N");
    real *variance = call_output(call, "variance", "N"), *error = call_scratch(call, N);
    find_points(call_scratch(call, R), mean, bias, variance, error, p, truth, ddof, R, N);
    real squared = sum_sample_products(N, block, bias, 1, bias, 1) / real_count(N);
    real spread = over_points(variance, N, block);
    real noise = call_has(call, "observed") ? find_noise(call, truth, N) : 0;
    if (call_choice(call, "bias", biases))
        squared = squared - spread / real_count(R);
    *call_output(call, "bias_squared", "") = squared;
    *call_output(call, "variance_mean", "") = spread;
    *call_output(call, "noise", "") = noise;
    *call_output(call, "expected", "") = squared + spread + noise;
    *call_output(call, "direct", "") = over_points(error, N, block);
}
