// SPDX-License-Identifier: MIT
#include "mixup.h"

static void mix(real *mixed, const real *x, const int *partner, const real *lambda, size_t N,
                size_t D)
{
    for (size_t n = 0; n < N; n++) {
        for (size_t d = 0; d < D; d++)
            mixed[n * D + d] =
                lambda[n] * x[n * D + d] + (1 - lambda[n]) * x[(size_t)partner[n] * D + d];
    }
}

void mixup_answer(struct call *call)
{
    static const char *const scopes[] = {"batch", "sample", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const real *x = call_input(call, "x", "ND"), *t = call_input(call, "t", "NK");
    size_t N = call_size(call, 'N');
    if (N == 0)
        call_fail(call, "no samples are there to be mixed");
    const int *partner = call_integers(call, "partner", "N", 0, (int)N - 1);
    int each = call_choice(call, "scope", scopes),
        larger = call_choice(call, "keep_larger", no_yes);
    call_bind(call, 'L', each ? N : 1);
    const real *drawn = call_input(call, "lambda", "L");
    real *lambda = call_scratch(call, N);
    for (size_t n = 0; n < N; n++) {
        lambda[n] = drawn[each ? n : 0];
        if (!(lambda[n] >= 0 && lambda[n] <= 1))
            call_fail(call, "input 'lambda' is a share and must lie in 0..1");
        real lead = lambda[n] - (1 - lambda[n]);
        if (larger)
            call_decisions(call, 1, &lead);
        if (larger && lead < 0)
            lambda[n] = 1 - lambda[n];
    }
    mix(call_output(call, "x_mixed", "ND"), x, partner, lambda, N, call_size(call, 'D'));
    mix(call_output(call, "t_mixed", "NK"), t, partner, lambda, N, call_size(call, 'K'));
}
