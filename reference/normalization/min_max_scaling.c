// SPDX-License-Identifier: MIT
#include "min_max_scaling.h"

void min_max_scaling_fit(real *minimum, real *maximum, const real *x, size_t N, size_t D)
{
    for (size_t d = 0; d < D; d++) {
        minimum[d] = maximum[d] = x[d];
        for (size_t n = 1; n < N; n++) {
            minimum[d] = x[n * D + d] < minimum[d] ? x[n * D + d] : minimum[d];
            maximum[d] = x[n * D + d] > maximum[d] ? x[n * D + d] : maximum[d];
        }
    }
}

struct min_max_range min_max_range_read(struct call *call)
{
    static const char *const clips[] = {"no", "yes", NULL};
    struct min_max_range range = {.clip = call_choice(call, "clip", clips)};
    range.low = call_number_or(call, "low", R(0.0));
    range.high = call_number_or(call, "high", R(1.0));
    if (!(range.high > range.low))
        call_fail(call, "number 'high' must be above number 'low'");
    return range;
}

void min_max_scaling_apply(real *z, const real *x, const real *minimum, const real *maximum,
                           const struct min_max_range *range, size_t N, size_t D)
{
    real width = range->high - range->low;
    for (size_t i = 0; i < N * D; i++) {
        real low = minimum[i % D], span = maximum[i % D] - low;
        z[i] = (x[i] - low) / (span > 0 ? span : 1) * width + range->low;
        if (range->clip && z[i] < range->low)
            z[i] = range->low;
        if (range->clip && z[i] > range->high)
            z[i] = range->high;
    }
}

void min_max_scaling_answer(struct call *call)
{
    const real *x = call_input(call, "x", "ND");
    size_t N = call_size(call, 'N'), D = call_size(call, 'D');
    struct min_max_range range = min_max_range_read(call);
    if (N == 0)
        call_fail(call, "input 'x' is empty, so it has no extremes");
    real *minimum = call_output(call, "minimum", "D"), *maximum = call_output(call, "maximum", "D");
    min_max_scaling_fit(minimum, maximum, x, N, D);
    min_max_scaling_apply(call_output(call, "z", "ND"), x, minimum, maximum, &range, N, D);
    if (!call_has(call, "x_new"))
        return;
    const real *x_new = call_input(call, "x_new", "MD");
    min_max_scaling_apply(call_output(call, "z_new", "MD"), x_new, minimum, maximum, &range,
                          call_size(call, 'M'), D);
}
