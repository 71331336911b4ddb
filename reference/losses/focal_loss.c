// SPDX-License-Identifier: MIT
#include "focal_loss.h"

void focal_loss_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"z"}, .gradient = {"dz"}};
    static const char *const balances[] = {"none", "alpha", NULL};
    struct loss loss = loss_begin(call, &form);
    const int *t = call_integers(call, "t", "NK", 0, 1);
    real gamma = call_number_or(call, "gamma", R(2.0));
    real alpha = call_number_or(call, "alpha", R(0.25));
    int balanced = call_choice(call, "balance", balances);
    if (!(gamma >= 0))
        call_fail(call, "number 'gamma' must be at least 0");
    if (!(alpha >= 0 && alpha <= 1))
        call_fail(call, "number 'alpha' must be in [0, 1]");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real x = t[i] ? loss.input[0][i] : -loss.input[0][i];
        real e = real_exp(-real_abs(x)), l = real_log1p(e);
        real u = x < 0 ? -x + l : l, v = x < 0 ? l : x + l;
        real p = x < 0 ? e / (1 + e) : 1 / (1 + e), rest = x < 0 ? 1 / (1 + e) : e / (1 + e);
        real a = !balanced ? R(1.0) : t[i] ? alpha : 1 - alpha;
        real w = a * real_exp(-(gamma * v)), slope = w * (gamma * p * u + rest);
        loss.value[i] = w * u;
        loss.slope[0][i] = t[i] ? -slope : slope;
    }
    loss_finish(call, &loss);
}
