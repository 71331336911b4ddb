// SPDX-License-Identifier: MIT
#include "gaussian_noise.h"

/* A case that states no deviation gives the rate of the dropout that has it. */
static real read_deviation(struct call *call)
{
    real deviation = call_number_or(call, "deviation", 0);
    if (deviation != call_number_or(call, "deviation", 1)) { /* not stated */
        real p = call_number(call, "p");
        if (!(p >= 0 && p < 1))
            call_fail(call, "number 'p' is a rate and must be at least 0 and below 1");
        return real_sqrt(p / (1 - p));
    }
    if (!(deviation >= 0))
        call_fail(call, "number 'deviation' must not be negative");
    return deviation;
}

void gaussian_noise_answer(struct call *call)
{
    static const char *const forms[] = {"add", "multiply", NULL};
    int multiply = call_choice(call, "form", forms);
    real deviation = read_deviation(call);
    const real *x = call_input(call, "x", "NC"), *noise = call_input(call, "noise", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    real *y = call_output(call, "y", "NC"), *y_inference = call_output(call, "y_inference", "NC");
    for (size_t i = 0; i < n; i++) {
        y[i] = multiply ? x[i] * (1 + deviation * noise[i]) : x[i] + deviation * noise[i];
        y_inference[i] = x[i];
    }
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NC");
    real *dx = call_output(call, "dx", "NC");
    for (size_t i = 0; i < n; i++)
        dx[i] = multiply ? dy[i] * (1 + deviation * noise[i]) : dy[i];
}
