// SPDX-License-Identifier: MIT
#include "log_cosh.h"

void log_cosh_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss loss = loss_begin(call, &form);
    const real *y = loss.input[0], *t = call_input(call, "t", "NK");
    const real log_2 = R(0.693147180559945309417232121458176568);
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real d = y[i] - t[i], a = real_abs(d);
        if (a <= 1)
            loss.value[i] = real_log1p(R(0.5) * real_expm1(a) * -real_expm1(-a));
        else
            loss.value[i] = a + (real_log1p(real_exp(-2 * a)) - log_2);
        loss.slope[0][i] = real_tanh(d);
    }
    loss_finish(call, &loss);
}
