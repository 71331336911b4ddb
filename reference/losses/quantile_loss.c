// SPDX-License-Identifier: MIT
#include "quantile_loss.h"

void quantile_loss_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const slopes[] = {"zero", "middle", NULL};
    struct loss loss = loss_begin(call, &form);
    const real *t = call_input(call, "t", "NK"), *quantiles = NULL;
    real q = call_number_or(call, "quantile", R(0.5));
    int middle = call_choice(call, "at_zero", slopes);
    if (!(q >= 0 && q <= 1))
        call_fail(call, "number 'quantile' must be in 0..1");
    if (call_has(call, "quantiles"))
        quantiles = call_input(call, "quantiles", "K");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real d = t[i] - loss.input[0][i];
        call_decisions(call, 1, &d);
        q = quantiles ? quantiles[i % loss.K] : q;
        if (!(q >= 0 && q <= 1))
            call_fail(call, "element %zu of input 'quantiles' must be in 0..1", i % loss.K);
        loss.value[i] = d < 0 ? (q - 1) * d : q * d;
        loss.slope[0][i] = d > 0 ? -q : d < 0 ? 1 - q : middle ? R(0.5) - q : R(0.0);
    }
    loss_finish(call, &loss);
}
