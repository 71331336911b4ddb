// SPDX-License-Identifier: MIT
#include "margin_ranking.h"

void margin_ranking_answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NK", .input = {"a", "b"}, .gradient = {"da", "db"}};
    static const char *const powers[] = {"one", "two", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss loss = loss_begin(call, &form);
    const int *t = call_integers(call, "t", "NK", -1, 1);
    real margin = call_number_or(call, "margin", R(0.0));
    real at_zero = call_number_or(call, "slope_at_zero", R(0.0));
    int squared = call_choice(call, "power", powers);
    real f = call_choice(call, "half", no_yes) ? R(0.5) : R(1.0);
    if (!(margin >= 0))
        call_fail(call, "number 'margin' must be at least 0");
    if (!(at_zero >= 0 && at_zero <= 1))
        call_fail(call, "number 'slope_at_zero' must be in 0..1");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        if (t[i] == 0)
            call_fail(call, "element %zu of input 't' is 0, but must be -1 or 1", i);
        real sign = t[i] > 0 ? R(1.0) : R(-1.0), d = loss.input[0][i] - loss.input[1][i];
        real h = margin - sign * d, slope = h > 0 ? R(1.0) : h < 0 ? R(0.0) : at_zero;
        call_decisions(call, 1, &h);
        real short_of = h > 0 ? h : R(0.0);
        loss.value[i] = (squared ? short_of * short_of : short_of) * f;
        loss.slope[0][i] = -(sign * (squared ? 2 * short_of : slope)) * f;
        loss.slope[1][i] = -loss.slope[0][i];
    }
    loss_finish(call, &loss);
}
