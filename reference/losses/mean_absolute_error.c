// SPDX-License-Identifier: MIT
#include "mean_absolute_error.h"

void mean_absolute_error_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss loss = loss_begin(call, &form);
    size_t count = loss.N * loss.K;
    const real *y = loss.input[0], *t = call_input(call, "t", "NK");
    real *difference = call_scratch(call, count);
    for (size_t i = 0; i < count; i++) {
        real d = difference[i] = y[i] - t[i];
        loss.value[i] = real_abs(d);
        loss.slope[0][i] = d > 0 ? R(1.0) : d < 0 ? R(-1.0) : R(0.0);
    }
    call_decisions(call, count, difference);
    loss_finish(call, &loss);
}
