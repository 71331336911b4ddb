// SPDX-License-Identifier: MIT
#include "gaussian_negative_log_likelihood.h"

void gaussian_negative_log_likelihood_answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NK", .input = {"y", "v"}, .gradient = {"dy", "dv"}};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const clamps[] = {"passing", "cutting", NULL};
    struct loss loss = loss_begin(call, &form);
    const real *t = call_input(call, "t", "NK");
    real epsilon = call_number_or(call, "epsilon", R(1e-6));
    real half_log_2_pi = R(0.918938533204672741780329736405617640);
    int full = call_choice(call, "full", no_yes), cutting = call_choice(call, "clamp", clamps);
    if (!(epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real d = loss.input[0][i] - t[i], v = loss.input[1][i], above = v - epsilon;
        real w = above < 0 ? epsilon : v, r = d * d;
        if (!(v >= 0))
            call_fail(call, "element %zu of input 'v' must be at least 0", i);
        call_decisions(call, 1, &above);
        loss.value[i] = R(0.5) * (real_log(w) + r / w);
        if (full)
            loss.value[i] = loss.value[i] + half_log_2_pi;
        loss.slope[0][i] = d / w;
        if (!(above < 0 && cutting))
            loss.slope[1][i] = R(0.5) * (1 / w - r / w / w);
        if (!(v > 0))
            call_decisions(call, 1, &v); /* the end of the domain: a tie */
    }
    loss_finish(call, &loss);
}
