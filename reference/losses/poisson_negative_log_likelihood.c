// SPDX-License-Identifier: MIT
#include "poisson_negative_log_likelihood.h"

static real stirling(real t)
{
    const real two_pi = R(6.283185307179586476925286766559005768);
    return t * real_log(t) - t + R(0.5) * real_log(two_pi * t);
}

void poisson_negative_log_likelihood_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const inputs[] = {"logarithms", "rates", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss loss = loss_begin(call, &form);
    const int *count = call_integers(call, "t", "NK", 0, 1 << 24);
    int rates = call_choice(call, "input", inputs), full = call_choice(call, "full", no_yes);
    real epsilon = call_number_or(call, "epsilon", R(1e-8));
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' must be at least 0");
    for (size_t i = 0; i < loss.N * loss.K; i++) {
        real y = loss.input[0][i], t = (real)count[i];
        if (rates) {
            if (!(y + epsilon > 0))
                call_fail(call, "element %zu of input 'y' is not a rate above 0", i);
            loss.value[i] = y - t * real_log(y + epsilon);
            loss.slope[0][i] = 1 - t / (y + epsilon);
        } else {
            real rate = real_exp(y);
            loss.value[i] = rate - t * y;
            loss.slope[0][i] = rate - t;
        }
        if (full && count[i] > 1)
            loss.value[i] = loss.value[i] + stirling(t);
    }
    loss_finish(call, &loss);
}
