// SPDX-License-Identifier: MIT
#include "hinge.h"

void hinge_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const labels[] = {"signs", "zero_one", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss loss = loss_begin(call, &form);
    int zero_one = call_choice(call, "labels", labels);
    int squared = call_choice(call, "squared", no_yes);
    real margin = call_number_or(call, "margin", R(1.0));
    const int *t = call_integers(call, "t", "NK", zero_one ? 0 : -1, 1);
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        if (!zero_one && t[i] == 0)
            call_fail(call, "element %zu of input 't' is 0, but convention 'labels' is signs", i);
        real s = (real)(zero_one ? 2 * t[i] - 1 : t[i]), h = margin - s * loss.input[0][i];
        call_decisions(call, 1, &h);
        if (!(h > 0))
            continue; /* value and slope stay 0 */
        loss.value[i] = squared ? h * h : h;
        loss.slope[0][i] = squared ? -(2 * s * h) : -s;
    }
    loss_finish(call, &loss);
}
