// SPDX-License-Identifier: MIT
#include "binomial_confidence.h"

void binomial_confidence_answer(struct call *call)
{
    static const char *const sides[] = {"two", "one", NULL};
    enum { MOST = 100000 };
    const int *successes = call_integers(call, "successes", "N", 0, MOST);
    const int *trials = call_integers(call, "trials", "N", 1, MOST);
    size_t N = call_size(call, 'N'), most = 0;
    real alpha = call_number_or(call, "alpha", R(0.05));
    if (!(alpha > 0 && alpha < 1))
        call_fail(call, "number 'alpha' must be in (0, 1)");
    if (call_choice(call, "side", sides) == 0)
        alpha = alpha / 2;
    for (size_t n = 0; n < N; n++) {
        if (successes[n] > trials[n])
            call_fail(call, "element %zu of input 'successes' is above that of trials", n);
        most = (size_t)trials[n] > most ? (size_t)trials[n] : most;
    }
    struct certificate is = {bound_method_read(call), call_scratch(call, most + 1)};
    real *lower = call_output(call, "lower", "N"), *upper = call_output(call, "upper", "N");
    for (size_t n = 0; n < N; n++) {
        lower[n] = certificate_lower(&is, (size_t)successes[n], (size_t)trials[n], alpha);
        upper[n] = certificate_upper(&is, (size_t)successes[n], (size_t)trials[n], alpha);
    }
}
