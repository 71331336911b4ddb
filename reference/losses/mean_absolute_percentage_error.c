// SPDX-License-Identifier: MIT
#include "mean_absolute_percentage_error.h"

void mean_absolute_percentage_error_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const places[] = {"larger", "sum", NULL};
    struct loss loss = loss_begin(call, &form);
    const real *y = loss.input[0], *t = call_input(call, "t", "NK");
    real f = call_choice(call, "percent", yes_no) ? R(1.0) : R(100.0);
    int added = call_choice(call, "epsilon_place", places);
    real epsilon = call_number_or(call, "epsilon", R(1e-7));
    if (!(epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real d = y[i] - t[i], size = real_abs(t[i]), above = size - epsilon;
        real m = added ? size + epsilon : above < 0 ? epsilon : size;
        call_decisions(call, 1, &d);
        if (!added)
            call_decisions(call, 1, &above);
        loss.value[i] = f * real_abs(d) / m;
        loss.slope[0][i] = f * (d > 0 ? R(1.0) : d < 0 ? R(-1.0) : R(0.0)) / m;
    }
    loss_finish(call, &loss);
}
