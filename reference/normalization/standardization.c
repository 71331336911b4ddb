// SPDX-License-Identifier: MIT
#include "standardization.h"

static int is_constant(const real *x, size_t N, size_t D, size_t d)
{
    for (size_t n = 1; n < N; n++) {
        if (x[n * D + d] != x[d])
            return 0;
    }
    return 1;
}

void standardization_fit(real *mean, real *deviation, real *centred, const real *x, size_t ddof,
                         size_t N, size_t D, size_t block)
{
    for (size_t d = 0; d < D; d++) {
        mean[d] = sum_samples(N, block, &x[d], D) / real_count(N);
        if (is_constant(x, N, D, d))
            mean[d] = x[d];
        for (size_t n = 0; n < N; n++)
            centred[n * D + d] = x[n * D + d] - mean[d];
        real squares = sum_sample_products(N, block, &centred[d], D, &centred[d], D);
        deviation[d] = real_sqrt(squares / real_count(N - ddof));
    }
}

void standardization_apply(real *z, const real *x, const real *mean, const real *deviation,
                           size_t N, size_t D)
{
    for (size_t n = 0; n < N; n++) {
        for (size_t d = 0; d < D; d++) {
            real scale = deviation[d] > 0 ? deviation[d] : 1;
            z[n * D + d] = (x[n * D + d] - mean[d]) / scale;
        }
    }
}

void standardization_answer(struct call *call)
{
    static const char *const deviations[] = {"population", "sample", NULL};
    const real *x = call_input(call, "x", "ND");
    size_t N = call_size(call, 'N'), D = call_size(call, 'D');
    size_t ddof = (size_t)call_choice(call, "deviation", deviations);
    if (N <= ddof)
        call_fail(call,
                  "%zu samples of input 'x' are too few for a standard deviation with convention "
                  "'deviation' %s",
                  N, deviations[ddof]);
    real *mean = call_output(call, "mean", "D");
    real *deviation = call_output(call, "standard_deviation", "D");
    standardization_fit(mean, deviation, call_scratch(call, N * D), x, ddof, N, D,
                        call_block(call));
    standardization_apply(call_output(call, "z", "ND"), x, mean, deviation, N, D);
    if (!call_has(call, "x_new"))
        return;
    const real *x_new = call_input(call, "x_new", "MD");
    standardization_apply(call_output(call, "z_new", "MD"), x_new, mean, deviation,
                          call_size(call, 'M'), D);
}
