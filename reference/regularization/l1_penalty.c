// SPDX-License-Identifier: MIT
#include "l1_penalty.h"

real l1_penalty_sign(real w, real at_zero)
{
    if (w == 0)
        return at_zero;
    return w < 0 ? -1 : 1;
}

void l1_penalty_answer(struct call *call)
{
    real samples = call_number_or(call, "samples", 1);
    if (!(samples >= 1))
        call_fail(call, "number 'samples' must be at least 1");
    real lambda = call_number(call, "lambda"), factor = lambda / samples;
    if (!(lambda >= 0))
        call_fail(call, "number 'lambda' must not be negative: it would reward large weights");
    real at_zero = call_number_or(call, "slope_at_zero", 0);
    if (!(at_zero >= -1 && at_zero <= 1))
        call_fail(call, "number 'slope_at_zero' is no subgradient of |w|; it must lie in -1..1");
    const real *w = call_input(call, "w", "P");
    size_t P = call_size(call, 'P');
    real dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    real *dw = call_output(call, "dw", "P"), *magnitude = call_scratch(call, P);
    for (size_t p = 0; p < P; p++) {
        magnitude[p] = real_abs(w[p]);
        dw[p] = factor * l1_penalty_sign(w[p], at_zero) * dpenalty;
    }
    call_decisions(call, P, w);
    *call_output(call, "penalty", "") = factor * sum_samples(P, call_block(call), magnitude, 1);
}
