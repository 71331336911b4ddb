// SPDX-License-Identifier: MIT
#include "alpha_dropout.h"

struct alpha_dropout_map alpha_dropout_map(struct survival survival)
{
    struct alpha_dropout_map map = {.alpha = R(-1.7580993408473768599402175208123)};
    map.a = 1 / real_sqrt(survival.keep * (1 + survival.rate * (map.alpha * map.alpha)));
    map.b = -(map.a * survival.rate * map.alpha);
    return map;
}

void alpha_dropout_answer(struct call *call)
{
    static const char *const scopes[] = {"element", "channel", NULL};
    struct survival survival = survival_read(call);
    if (!(survival.keep > 0))
        call_fail(call, "number 'p' silences every unit; its mean and variance cannot be restored");
    const real *x = call_input(call, "x", "NCL");
    size_t L = call_size(call, 'L'), n = call_size(call, 'N') * call_size(call, 'C') * L;
    const char *shape = call_choice(call, "scope", scopes) ? "NC" : "NCL";
    size_t run = shape[2] ? 1 : L;
    const int *kept = mask_read(call, survival, shape);
    struct alpha_dropout_map map = alpha_dropout_map(survival);
    real *shown = call_output_integers(call, "kept", shape), *y = call_output(call, "y", "NCL");
    for (size_t i = 0; i < n; i++) {
        shown[i / run] = (real)kept[i / run];
        y[i] = map.a * (kept[i / run] ? x[i] : map.alpha) + map.b;
    }
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NCL");
    real *dx = call_output(call, "dx", "NCL");
    for (size_t i = 0; i < n; i++)
        dx[i] = kept[i / run] ? map.a * dy[i] : 0;
}
