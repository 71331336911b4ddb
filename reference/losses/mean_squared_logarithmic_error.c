// SPDX-License-Identifier: MIT
#include "mean_squared_logarithmic_error.h"

/* x raised to epsilon, where that is asked for; says in `below` whether it has been. */
static real raised(struct call *call, real x, int clip, real epsilon, int *below)
{
    real above = x - epsilon;
    if (clip)
        call_decisions(call, 1, &above);
    *below = clip && above < 0;
    return *below ? epsilon : x;
}

void mean_squared_logarithmic_error_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss loss = loss_begin(call, &form);
    const real *t = call_input(call, "t", "NK");
    int clip = call_choice(call, "clip", no_yes), below, ignored;
    real epsilon = call_number_or(call, "epsilon", R(1e-7));
    if (!(epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real u = raised(call, t[i], clip, epsilon, &ignored);
        real v = raised(call, loss.input[0][i], clip, epsilon, &below);
        if (!(u > -1) || !(v > -1))
            call_fail(call, "element %zu of input '%s' must be above -1", i, v > -1 ? "t" : "y");
        real l = real_log1p(v) - real_log1p(u);
        loss.value[i] = l * l;
        loss.slope[0][i] = below ? R(0.0) : 2 * l / (1 + v);
    }
    loss_finish(call, &loss);
}
