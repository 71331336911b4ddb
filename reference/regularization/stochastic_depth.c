// SPDX-License-Identifier: MIT
#include "stochastic_depth.h"

real stochastic_depth_survival(struct call *call)
{
    static const char *const decays[] = {"constant", "linear", NULL};
    real p = call_number(call, "p");
    if (!(p >= 0 && p <= 1))
        call_fail(call, "number 'p' is a probability and must lie in 0..1");
    if (call_choice(call, "decay", decays) == 0)
        return 1 - p;
    size_t layers = call_count(call, "layers", 1, 1u << 20);
    size_t layer = call_count(call, "layer", 1, layers);
    return 1 - real_count(layer) / real_count(layers) * p;
}

/* kept of D draws: as many as samples, or one. */
static const int *draws(struct call *call, real survival)
{
    if (call_has(call, "mask"))
        return call_integers(call, "mask", "D", 0, 1);
    const real *u = call_input(call, "u", "D");
    size_t D = call_size(call, 'D');
    int *kept = call_scratch_integers(call, D);
    for (size_t i = 0; i < D; i++) {
        if (!(u[i] >= 0 && u[i] < 1))
            call_fail(call, "element %zu of input 'u' must be at least 0 and below 1", i);
        real distance = survival - u[i];
        kept[i] = distance > 0;
        call_decisions(call, 1, &distance);
    }
    return kept;
}

void stochastic_depth_answer(struct call *call)
{
    static const char *const scalings[] = {"inverted", "inference", NULL};
    static const char *const scopes[] = {"sample", "batch", NULL};
    real survival = stochastic_depth_survival(call);
    const real *x = call_input(call, "x", "NC"), *branch = call_input(call, "branch", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    int batch = call_choice(call, "scope", scopes);
    int at_inference = call_choice(call, "scaling", scalings);
    call_bind(call, 'D', batch ? 1 : N);
    const int *kept = draws(call, survival);
    real scale = at_inference ? 1 : survival > 0 ? 1 / survival : 0;
    real *y = call_output(call, "y", "NC"), *y_inference = call_output(call, "y_inference", "NC");
    for (size_t i = 0; i < N * C; i++) {
        y[i] = kept[batch ? 0 : i / C] ? x[i] + scale * branch[i] : x[i];
        y_inference[i] = at_inference ? x[i] + survival * branch[i] : x[i] + branch[i];
    }
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NC");
    real *dx = call_output(call, "dx", "NC"), *dbranch = call_output(call, "dbranch", "NC");
    for (size_t i = 0; i < N * C; i++) {
        dx[i] = dy[i];
        dbranch[i] = kept[batch ? 0 : i / C] ? scale * dy[i] : 0;
    }
}
