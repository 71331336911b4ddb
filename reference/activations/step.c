// SPDX-License-Identifier: MIT
#include "step.h"

void step_forward(real *y, const real *x, size_t n, const struct step_levels *levels)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] > levels->threshold)
            y[i] = levels->high;
        else
            y[i] = x[i] < levels->threshold ? levels->low : levels->middle;
    }
}

struct step_levels step_levels_of(struct call *call)
{
    static const char *const outputs[] = {"binary", "bipolar", NULL};
    static const char *const at[] = {"high", "low", "mean", NULL};
    struct step_levels levels = {.threshold = call_number_or(call, "threshold", R(0.0)),
                                 .high = R(1.0)};
    levels.low = call_choice(call, "output", outputs) ? R(-1.0) : R(0.0);
    const real middle[] = {levels.high, levels.low, (levels.low + levels.high) / 2};
    levels.middle = middle[call_choice(call, "at_threshold", at)];
    return levels;
}

void step_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    struct step_levels levels = step_levels_of(call);
    step_forward(call_output(call, "y", "NC"), x, n, &levels);
    real *distance = call_scratch(call, n);
    for (size_t i = 0; i < n; i++)
        distance[i] = x[i] - levels.threshold;
    call_decisions(call, n, distance);
}
