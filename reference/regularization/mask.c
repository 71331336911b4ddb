// SPDX-License-Identifier: MIT
#include "mask.h"

struct survival survival_read(struct call *call)
{
    static const char *const arguments[] = {"rate", "keep", NULL};
    real p = call_number(call, "p");
    if (!(p >= 0 && p <= 1))
        call_fail(call, "number 'p' is a probability and must lie in 0..1");
    if (call_choice(call, "argument", arguments) == 1)
        return (struct survival){.rate = 1 - p, .keep = p};
    return (struct survival){.rate = p, .keep = 1 - p};
}

const int *mask_read(struct call *call, struct survival survival, const char *shape)
{
    static const char *const thresholds[] = {"at_least_rate", "below_keep", NULL};
    if (call_has(call, "mask"))
        return call_integers(call, "mask", shape, 0, 1);
    const real *u = call_input(call, "u", shape);
    int below = call_choice(call, "threshold", thresholds);
    size_t n = 1;
    for (const char *letter = shape; *letter; letter++)
        n *= call_size(call, *letter);
    int *kept = call_scratch_integers(call, n);
    for (size_t i = 0; i < n; i++) {
        if (!(u[i] >= 0 && u[i] < 1))
            call_fail(call, "element %zu of input 'u' must be at least 0 and below 1", i);
        real distance = below ? survival.keep - u[i] : u[i] - survival.rate;
        kept[i] = below ? distance > 0 : distance >= 0;
        call_decisions(call, 1, &distance);
    }
    return kept;
}
