// SPDX-License-Identifier: MIT
#include "standard_deviation.h"

struct deviation deviation_read(struct call *call)
{
    struct deviation d = {.x = call_input(call, "x", "NC"), .dy = call_input(call, "dy", "N")};
    real correction = call_number_or(call, "correction", R(1.0));
    d.N = call_size(call, 'N');
    d.C = call_size(call, 'C');
    d.divisor = real_count(d.C) - correction;
    d.epsilon = call_number_or(call, "epsilon", R(0.0));
    if (!(correction >= 0) || !(d.divisor > 0))
        call_fail(call, "number 'correction' must be at least 0 and below the %zu values of a row",
                  d.C);
    if (!(d.epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be below 0");
    d.y = call_output(call, "y", "N");
    d.dx = call_output(call, "dx", "NC");
    d.e = call_scratch(call, d.N * d.C);
    for (size_t n = 0; n < d.N; n++) {
        real mean = sum_features(d.C, &d.x[n * d.C], 1) / real_count(d.C);
        for (size_t c = 0; c < d.C; c++)
            d.e[n * d.C + c] = d.x[n * d.C + c] - mean;
    }
    return d;
}

void deviation_answer(const struct deviation *d)
{
    for (size_t n = 0; n < d->N; n++) {
        const real *e = &d->e[n * d->C];
        real squares = sum_products(R(0.0), d->C, e, 1, e, 1);
        real y = d->y[n] = real_sqrt(squares / d->divisor + d->epsilon);
        for (size_t c = 0; c < d->C; c++)
            d->dx[n * d->C + c] = y > 0 ? d->dy[n] * e[c] / (d->divisor * y) : 0;
    }
}

void standard_deviation_answer(struct call *call)
{
    struct deviation d = deviation_read(call);
    deviation_answer(&d);
    call_decisions(call, d.N, d.y); /* whether the gradient is a quotient or 0 */
}
