// SPDX-License-Identifier: MIT
#include "brightness.h"

void brightness_answer(struct call *call)
{
    static const char *const methods[] = {"add", "multiply", NULL};
    int multiply = call_choice(call, "method", methods);
    struct colour is = colour_read(call);
    for (size_t n = 0; n < is.N; n++) {
        real factor = is.factor[n];
        if (multiply && !(factor >= 0))
            call_fail(call, "input 'factor' has a negative element %zu to multiply by", n);
        for (size_t k = 0; k < is.C * is.pixels; k++) {
            size_t i = n * is.C * is.pixels + k;
            real passed;
            colour_store(call, &is, i, multiply ? factor * is.x[i] : is.x[i] + factor, &passed);
            is.dx[i] = multiply ? factor * passed : passed;
        }
    }
}
